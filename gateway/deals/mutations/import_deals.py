"""importDeals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import graphene

from chassis.errors import Problem
from chassis.wire import Json
from gateway.commands import field, idempotency_key, import_result, without_nulls
from gateway.deals.filters import DealOutcome
from gateway.kinds import Kind
from gateway.references import not_found, on_the_wire, reference, references_of, wrong_kinds
from gateway.services import Services
from gateway.shapes.imports import ImportPayload
from gateway.shapes.problems import user_error
from gateway.shapes.scalars import Date, DateTime
from gateway.shapes.values import ExternalRefInput, MoneyInput


class ImportTransitionInput(graphene.InputObjectType):
    """A stage that the deal entered, and when."""

    stage = graphene.String(required=True)
    at = DateTime(required=True)


class ImportOutcomeInput(graphene.InputObjectType):
    """How the deal ended, and when."""

    outcome = DealOutcome(required=True)
    at = DateTime(required=True)
    reason = graphene.String()
    competitor = reference(Kind.PARTNER)


class ImportDealRow(graphene.InputObjectType):
    """A deal as another system knows it; process, partner and manager by id, or by key and that system's ids."""

    external_ref = graphene.InputField(ExternalRefInput, required=True)
    process = reference(Kind.PROCESS)
    process_key = graphene.String()
    title = graphene.String(required=True)
    partner = reference(Kind.PARTNER)
    partner_ref = graphene.InputField(ExternalRefInput)
    manager = reference(Kind.MANAGER)
    manager_ref = graphene.InputField(ExternalRefInput)
    products = graphene.List(graphene.NonNull(graphene.String))
    amount = graphene.InputField(MoneyInput)
    expected_close_on = Date()
    planned_start_on = Date(description="a coming deal: when work on it is to begin")
    probability = graphene.Float(description="of winning it, 0 to 1; that of its stage, if not given")
    created_at = DateTime(required=True)
    transitions = graphene.List(graphene.NonNull(ImportTransitionInput))
    outcome = graphene.InputField(ImportOutcomeInput)


class ImportDealsInput(graphene.InputObjectType):
    """Up to 500 deals."""

    rows = graphene.List(graphene.NonNull(ImportDealRow), required=True)
    idempotency_key = graphene.String()


_KINDS = references_of(ImportDealRow)
_OUTCOME_KINDS = references_of(ImportOutcomeInput)
_REFS = {"partner_ref": Kind.PARTNER, "manager_ref": Kind.MANAGER}


class _Row:
    """A row on its way: the references to be found elsewhere, and what is wrong with it."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.outcome: Json = data.get("outcome") or {}
        self.problems = [*wrong_kinds(self._given(), _KINDS), *self._wrong_in_outcome()]

    def ids(self, kind: Kind) -> list[str]:
        """Give the ids of a kind that another service must know."""
        given = [text for name, text in self._given().items() if _KINDS[name] is kind]
        competitor = self.outcome.get("competitor")
        return [str(UUID(text)) for text in [*given, *([competitor] if competitor and kind is Kind.PARTNER else [])]]

    def refs(self, kind: Kind) -> list[Json]:
        """Give the other system's ids of a kind."""
        return [self.data[name] for name, of in _REFS.items() if of is kind and name in self.data]

    def on_the_wire(self, found: _Found) -> Json:
        """Give the row as the service takes it, and note what is not there."""
        payload = {name: value for name, value in self.data.items() if name not in _KINDS and name not in _REFS}
        for name, text in self._given().items():
            payload[on_the_wire(name)] = self._known(name, _KINDS[name], str(UUID(text)), found)
        for name, kind in _REFS.items():
            if name in self.data and name.removesuffix("_ref") not in self.data:
                payload[on_the_wire(name.removesuffix("_ref"))] = self._by_ref(name, kind, found)
        if "competitor" in self.outcome:
            outcome = dict(self.outcome)
            text = str(UUID(outcome.pop("competitor")))
            payload["outcome"] = {**outcome, "competitor_id": self._known("competitor", Kind.PARTNER, text, found)}
        return payload

    def _given(self) -> dict[str, str]:
        return {name: self.data[name] for name in _KINDS if name in self.data}

    def _wrong_in_outcome(self) -> list[Problem]:
        return wrong_kinds({n: self.outcome[n] for n in _OUTCOME_KINDS if n in self.outcome}, _OUTCOME_KINDS)

    def _known(self, name: str, kind: Kind, text: str, found: _Found) -> str:
        if kind is not Kind.PROCESS and text not in found.ids:
            self.problems.append(not_found((name,), kind, text))
        return text

    def _by_ref(self, name: str, kind: Kind, found: _Found) -> str | None:
        ref = self.data[name]
        thing = found.refs.get((kind, ref["system"], ref["id"]))
        if thing is None:
            message = f"{ref['system'][:60]} has no {kind.word} {ref['id'][:60]!r} here; import it first"
            self.problems.append(Problem(code="NOT_FOUND", message=message, field=(name,)))
        return thing


class _Found:
    """What the rows refer to, found in one request."""

    def __init__(self, services: Services, rows: list[_Row]) -> None:
        self.ids: set[str] = set()
        self.refs: dict[tuple[Kind, str, str], str] = {}
        asked = {"partner_ids": _unique(rows, Kind.PARTNER), "manager_ids": _unique(rows, Kind.MANAGER)}
        by_ref = {"partner_refs": _unique_refs(rows, Kind.PARTNER), "manager_refs": _unique_refs(rows, Kind.MANAGER)}
        if not any(asked.values()) and not any(by_ref.values()):
            return
        answer = services.send("contacts", "locate", {**asked, **by_ref}).result()
        self.ids.update(one for one in [*answer["partners"], *answer["managers"]] if one)
        for name, kind in (("partner_refs", Kind.PARTNER), ("manager_refs", Kind.MANAGER)):
            for ref, thing in zip(by_ref[name], answer[name], strict=True):
                if thing:
                    self.refs[kind, ref["system"], ref["id"]] = thing


def _unique(rows: list[_Row], kind: Kind) -> list[str]:
    return sorted({text for row in rows for text in row.ids(kind)})


def _unique_refs(rows: list[_Row], kind: Kind) -> list[Json]:
    return list({(ref["system"], ref["id"]): ref for row in rows for ref in row.refs(kind)}.values())


def _import_deals(services: Services, input: Json) -> Json:
    key = idempotency_key(input)
    rows = [_Row(without_nulls(data)) for data in input["rows"]]
    found = _Found(services, [row for row in rows if not row.problems])
    sent: list[Json] = []
    for row in rows:
        if not row.problems:
            payload = row.on_the_wire(found)
            if not row.problems:
                sent.append(payload)
    results: Any = iter(())
    if sent or not rows:
        results = iter(services.send("deals", "import_deals", {"rows": sent}, key).result()["results"])
    return {"results": [_refused(row) if row.problems else import_result(next(results)) for row in rows]}


def _refused(row: _Row) -> Json:
    return {"status": "REFUSED", "id": None, "errors": [user_error(problem) for problem in row.problems]}


import_deals = field(
    _import_deals,
    takes=ImportDealsInput,
    gives=ImportPayload,
    description="Take over deals of another system with their history, in the order of its dates.",
)
