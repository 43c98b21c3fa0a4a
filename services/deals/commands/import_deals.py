"""Import deals, with their history, from another system."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field

from chassis.actor import Actor
from chassis.errors import Refused, refuse
from chassis.events import Published
from chassis.store.database import Transaction
from chassis.wire import Json, parse
from services.deals.commands.following import drop_step
from services.deals.commands.inputs import AmountInput, ExternalRefInput, Instant, Products, Title
from services.deals.domain.deal import Deal
from services.deals.domain.loss_reason import find as find_reason
from services.deals.domain.probability import probability
from services.deals.domain.process import Process
from services.deals.domain.told_history import KnownFact, ToldEnd, ToldHistory, ToldMove
from services.deals.domain.transition import Outcome
from services.deals.events import change_told, transition_told
from services.deals.storage.deals import Deals
from services.deals.storage.exchange_rates import StoredRates
from services.deals.storage.loss_reasons import loss_reason_list
from services.deals.storage.processes import Processes

LARGEST_BATCH = 500


@dataclass(frozen=True, kw_only=True)
class ImportDeals:
    """Tell of many deals at once; each row is an ImportedDeal and is taken or refused by itself."""

    rows: Annotated[list[Json], Field(max_length=LARGEST_BATCH)]


@dataclass(frozen=True, kw_only=True)
class ImportedMove:
    """A stage that the deal entered."""

    stage: str
    at: Instant


@dataclass(frozen=True, kw_only=True)
class ImportedOutcome:
    """How the deal ended."""

    outcome: Literal[Outcome.WON, Outcome.LOST]
    at: Instant
    reason: str | None = None
    competitor_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ImportedDeal:
    """One row: a deal as another system tells of it."""

    external_ref: ExternalRefInput
    process_key: str | None = None
    process_id: UUID | None = None
    title: Title
    partner_id: UUID | None = None
    manager_id: UUID | None = None
    products: Products = ()
    amount: AmountInput | None = None
    expected_close_on: date | None = None
    planned_start_on: date | None = None
    probability: Decimal | None = None
    created_at: Instant
    transitions: Annotated[tuple[ImportedMove, ...], Field(max_length=1000)] = ()
    outcome: ImportedOutcome | None = None

    @property
    def key(self) -> tuple[str, str]:
        """By what the deal is found again."""
        return self.external_ref.system, self.external_ref.id

    def history(self) -> ToldHistory:
        """Give what is told of the deal's way."""
        end = self.outcome
        return ToldHistory(
            created_at=self.created_at,
            moves=tuple(ToldMove(stage=move.stage, at=move.at) for move in self.transitions),
            end=ToldEnd(outcome=end.outcome, at=end.at, reason=end.reason or "unknown", competitor_id=end.competitor_id)
            if end
            else None,
        )


def import_deals(command: ImportDeals, tx: Transaction, actor: Actor) -> Json:
    """Take deals over with the dates of their facts; answer a result for each row, in the order of the rows.

    History is told, not asked: guards are not checked. A row that says nothing new writes nothing.
    """
    actor.require("import")
    results: list[Json] = [None] * len(command.rows)
    told: list[_Row] = []
    for place, raw in enumerate(command.rows):
        try:
            told.append(_Row(place, parse(ImportedDeal, raw)))
        except Refused as error:
            results[place] = _refused(error)
    batch = _Batch(tx, actor, results)
    while told:  # a deal that is told of twice in one request is taken the second time as one that is there
        now, told = _first_of_each(told)
        batch.take(now)
    return {"results": results}


@dataclass
class _Row:
    """A row at its place in the request, and what has become of it."""

    place: int
    told: ImportedDeal
    deal: Deal | None = None
    events: list[Published] = field(default_factory=list)


class _Batch:
    """Takes rows of different deals: few statements for all of them, and one row's failure hinders no other."""

    def __init__(self, tx: Transaction, actor: Actor, results: list[Json]) -> None:
        self._tx = tx
        self._actor = actor
        self._deals = Deals(tx, actor)
        self._rates = StoredRates(tx)
        self._results = results
        self._find_process = _remembered(Processes(tx.connection))
        self._reasons = loss_reason_list(tx.connection)

    def take(self, rows: Sequence[_Row]) -> None:
        """Take rows, no two of which tell of the same deal."""
        found = self._deals.of_external(row.told.key for row in rows)
        known = self._deals.facts_of([deal.id for deal in found.values()]) if found else {}
        new = []
        for row in rows:
            deal = found.get(row.told.key)
            try:
                if deal is None:
                    self._open(row)
                    new.append(row)
                else:
                    self._update(row, deal, known[deal.id])
            except Refused as error:
                self._results[row.place] = _refused(error)
        self._store_new(new)

    def _open(self, row: _Row) -> None:
        """Make a new deal by the rules, without storing it yet."""
        told, history = row.told, row.told.history()
        self._check_reason(history)
        process = self._find_process(told.process_key, told.process_id)
        deal = row.deal = Deal.open(
            process,
            title=told.title,
            at=told.created_at,
            now=self._tx.now,
            stage=history.opening_stage(process),
            partner_id=told.partner_id,
            manager_id=told.manager_id,
            amount=told.amount.in_base(self._tx.enterprise.base_currency) if told.amount else None,
            products=told.products,
            expected_close_on=told.expected_close_on,
            planned_start_on=told.planned_start_on,
            probability=probability(told.probability),
            external_ref=told.external_ref.to_domain(),
            rates=self._rates,
        )
        opened = deal.fresh[0]
        row.events.append(transition_told(deal, opened))
        known = {_known(deal)}
        row.events.extend(transition_told(deal, fact) for fact in history.missing(deal, known, self._tx.now))

    def _update(self, row: _Row, deal: Deal, known: set[KnownFact]) -> None:
        """Add what a row tells of a deal that is there already."""
        row.deal = deal
        history = row.told.history()
        self._check_reason(history)
        changed = deal.correct(self._given(row.told))
        if changed:
            # since when it was so is not told: not before the last fact, and the told end comes after it
            row.events.append(change_told(deal, changed, deal.last_fact_at))
        row.events.extend(transition_told(deal, fact) for fact in history.missing(deal, known, self._tx.now))
        if not row.events:
            self._results[row.place] = _taken("UNCHANGED", deal)
        else:
            self._attempt(row, lambda: self._save(deal), "UPDATED")

    def _save(self, deal: Deal) -> None:
        self._deals.save(deal)
        if deal.outcome is not Outcome.IN_PROGRESS:
            drop_step(deal, self._tx, self._actor)

    def _given(self, told: ImportedDeal) -> dict[str, Any]:
        """Give the fields that a row names: another system's silence takes nothing away."""
        amount = told.amount.in_base(self._tx.enterprise.base_currency) if told.amount else None
        given: dict[str, Any] = {
            "title": told.title,
            "partner_id": told.partner_id,
            "manager_id": told.manager_id,
            "amount": amount,
            "products": told.products or None,
            "expected_close_on": told.expected_close_on,
            "planned_start_on": told.planned_start_on,
            "probability": probability(told.probability),
        }
        return {name: value for name, value in given.items() if value is not None}

    def _check_reason(self, history: ToldHistory) -> None:
        if history.end is not None and history.end.outcome is Outcome.LOST:
            find_reason(self._reasons, history.end.reason, "reason")  # a retired one too: it was given then

    def _store_new(self, rows: Sequence[_Row]) -> None:
        if not rows:
            return
        try:
            with self._tx.attempt():
                self._deals.add_all([row.deal for row in rows if row.deal])
                self._tell(rows)
        except (sa.exc.IntegrityError, sa.exc.DataError):
            for row in rows:  # which of them it is, the database does not say
                self._attempt(row, lambda row=row: self._deals.add_all([row.deal]), "CREATED")  # type: ignore[misc]
            return
        for row in rows:
            self._results[row.place] = _taken("CREATED", row.deal)

    def _attempt(self, row: _Row, store: Callable[[], None], status: str) -> None:
        try:
            with self._tx.attempt():
                store()
                self._tell([row])
        except sa.exc.IntegrityError:
            clash = refuse("CONFLICT", "the deal was changed or imported by another at this moment; import it again")
            self._results[row.place] = _refused(clash)
        except sa.exc.DataError:
            self._results[row.place] = _refused(refuse("INVALID", "the database does not take this row's values"))
        else:
            self._results[row.place] = _taken(status, row.deal)

    def _tell(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            for event in row.events:
                self._tx.emit(event)


def _first_of_each(rows: Sequence[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Split rows into the first of each deal, and the others."""
    first: dict[tuple[str, str], _Row] = {}
    others = [row for row in rows if first.setdefault(row.told.key, row) is not row]
    return list(first.values()), others


def _remembered(processes: Processes) -> Callable[[str | None, UUID | None], Process]:
    """Give a way to find the process of a row that asks the database once for each."""
    found: dict[str | UUID, Process] = {}

    def find(key: str | None, process_id: UUID | None) -> Process:
        asked = process_id or key
        if asked is None:
            raise refuse("REQUIRED", "name the process of the deal, by key or by id", "process")
        if asked not in found:
            found[asked] = processes.get(asked) if isinstance(asked, UUID) else processes.current(asked, "processKey")
        return found[asked]

    return find


def _known(deal: Deal) -> KnownFact:
    opened = deal.fresh[0]
    return KnownFact(kind=opened.kind, stage=opened.to_stage.key if opened.to_stage else None, at=opened.occurred_at)


def _taken(status: str, deal: Deal | None) -> Json:
    return {"status": status, "id": deal.id if deal else None, "problems": []}


def _refused(error: Refused) -> Json:
    return {"status": "REFUSED", "id": None, "problems": [problem.to_json() for problem in error.problems]}
