"""Bad input to each mutation and query: every field of it is tried with what it does not take."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import graphene
import pytest
from graphene.types.structures import Structure
from graphene.utils.str_converters import to_camel_case
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

from chassis.ids import new_id
from chassis.settings import Settings
from chassis.wire import Json
from gateway.kinds import Kind
from gateway.references import Reference
from gateway.schema import Mutation, schema
from tests.gateway.system import System, present_services
from tests.gateway.test_deals import open_deal, register_manager, register_partner
from tests.support.databases import SqliteBackend, contents, migrations_of

TODAY = datetime.now(UTC).date().isoformat()
SOON = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT09:00:00Z")
PUMPS = {"product": "pump", "quantity": "4", "price": {"amount": "10", "currency": "USD"}}
SCALARS = {
    "ID": str(new_id(Kind.TEAM)),
    "String": "word",
    "Decimal": "1",
    "Int": 1,
    "Boolean": True,
    "Float": 0.5,
    "Date": TODAY,
}
KNOWN = {
    "country": "DE", "status": "MET", "beginsOn": "2020-01-01",
    "currency": "EUR", "kind": "DOCUMENTS", "outcome": "LOST", "response": "REJECTED", "stage": "proposal", "reason": "price", "key": "price", "validFrom": "2020-01-01",
    "mediaType": "application/pdf", "source": "bank", "sha256": "a" * 64, "processKey": "manual_sale",
}  # fmt: skip
"""What is taken where any word is not."""
ALSO = {
    "importDeals": ("processKey",), "raiseSupplierOrders": ("supplier",), "recordProposalResponse": ("deal",),
    "setSalesTarget": ("manager",), "addContactPoint": ("partner",), "linkContactPerson": ("partner",),
    "planInteraction": ("startsAt",), "rescheduleInteraction": ("startsAt",), "setReminder": ("manager", "at"),
    "importPersons": ("partner",),
}  # fmt: skip
"""What one of several fields has to say."""
MUTATIONS = sorted(to_camel_case(name) for name in Mutation._meta.fields)


@dataclass(frozen=True)
class Fault:
    """A wrong value of a field, by its path in the input."""

    path: tuple[str, ...]
    value: Any
    parses: bool = True


class Bench:
    """A system with one of everything that deals refer to."""

    def __init__(self, system: System) -> None:
        self.system = system
        partner, manager = register_partner(system), register_manager(system)
        deal = open_deal(system, partner=partner)["id"]
        do = system.do
        segment = do("registerSegment", "segment { id }", name="A")["segment"]["id"]
        sent = do("sendProposal", "proposal { id }", deal=deal, lines=[PUMPS], validUntil="2999-12-31")
        assert sent["errors"] == []
        terms = do("registerSaleTerms", "saleTerms { id }", partner=partner, currency="USD", validFrom="2020-01-01")
        offer = do("draftProposal", "proposal { id }", deal=deal, lines=[PUMPS])["proposal"]["id"]
        order = do("registerCustomerOrder", "customerOrder { id }", deal=deal, lines=[PUMPS])["customerOrder"]["id"]
        do("confirmCustomerOrder", "customerOrder { id }", order=order)
        works = register_partner(system, "Pump works", roles=["SUPPLIER"])
        purchase = {"order": order, "line": 1, "supplier": works, "quantity": "1"}
        bought = do("raiseSupplierOrders", "supplierOrders { id }", deal=deal, lines=[purchase])["supplierOrders"]
        goods: Json = {"number": "S-1", "shippedOn": TODAY, "lines": [{"line": 1, "quantity": "2"}]}
        shipment = do("registerShipment", "shipment { id }", deal=deal, **goods)["shipment"]["id"]
        money = {"amount": "5", "currency": "USD"}
        payment = do("registerPayment", "payment { id }", deal=deal, amount=money, paidOn=TODAY)["payment"]["id"]
        owed = {"debtor": "CLIENT", "kind": "DOCUMENTS", "dueOn": "2999-01-01"}
        papers = do("registerObligation", "obligation { id }", deal=deal, **owed)["obligation"]["id"]
        task = do("addTask", "task { id }", deal=deal, title="Call")["task"]["id"]
        step = {"kind": "CALL", "subject": "Ask", "dueAt": "2999-01-01T09:00:00Z"}
        planned = do("planNextStep", "step { id }", deal=deal, **step)["step"]["id"]
        about: Json = {"name": "a.pdf", "mediaType": "application/pdf", "size": 1, "location": "s3://a/b"}
        file = do("attachFile", "file { id }", deal=deal, **about)["file"]["id"]
        contacts = self._contacts(partner, manager)
        self.others: dict[str, dict[Kind, str]] = {
            "changeSegment": {
                Kind.SEGMENT: self._made(
                    "registerSegment", "segment", name="B", rule={"conditions": [{"sources": ["fair"]}]}
                )
            },
            "correctInteraction": {
                Kind.INTERACTION: self._made(
                    "registerInteraction", "interaction", kind="NOTE", text="Hm", partners=[partner]
                )
            },
        }
        """What a mutation is about in place of what others are."""
        self.things = {
            **contacts,
            Kind.PARTNER: partner, Kind.MANAGER: manager, Kind.DEAL: deal, Kind.SEGMENT: segment,
            Kind.SALE_TERMS: terms["saleTerms"]["id"], Kind.PROPOSAL: offer, Kind.CUSTOMER_ORDER: order,
            Kind.SUPPLIER_ORDER: bought[0]["id"], Kind.SHIPMENT: shipment, Kind.PAYMENT: payment,
            Kind.OBLIGATION: papers, Kind.TASK: task, Kind.NEXT_STEP: planned, Kind.FILE: file,
            Kind.PROCESS: system.processes["manual_sale"],
        }  # fmt: skip

    def _contacts(self, partner: str, manager: str) -> dict[Kind, str]:
        meeting: Json = {"kind": "MEETING", "title": "Lunch", "startsAt": SOON}
        phone: Json = {"kind": "PHONE", "value": "+4930901820", "partner": partner}
        reminder: Json = {"manager": manager, "at": SOON, "partner": partner, "note": "Call"}
        return {
            Kind.TEAM: self._made("registerTeam", "team", name="East"),
            Kind.CONTACT_PERSON: self._made("registerContactPerson", "contactPerson", fullName="Ann", partner=partner),
            Kind.CONTACT_POINT: self._made("addContactPoint", "contactPoint", **phone),
            Kind.LEGAL_ENTITY: self._made(
                "registerLegalEntity", "legalEntity", name="A", country="DE", partner=partner
            ),
            Kind.INTERACTION: self._made("planInteraction", "interaction", **meeting, partners=[partner]),
            Kind.REMINDER: self._made("setReminder", "reminder", **reminder),
            Kind.INTEREST: self._made("registerInterest", "interest", partner=partner, source="fair"),
        }

    def _made(self, mutation: str, thing: str, **given: Any) -> str:
        payload = self.system.do(mutation, f"{thing} {{ id }}", **given)
        assert payload["errors"] == [], (mutation, payload["errors"])
        return str(payload[thing]["id"])

    def things_for(self, mutation: str) -> dict[Kind, str]:
        """Give what a mutation may refer to."""
        return self.things | self.others.get(mutation, {})

    def stored(self) -> dict[str, dict[str, list[Any]]]:
        """Read all that the services have stored."""
        return {name: contents(database) for name, database in self.system.databases.items()}

    def problems(self, mutation: str, given: Json) -> list[tuple[str | None, list[str]]]:
        """Run a mutation, and give the codes and fields of all that is wrong with it."""
        field = schema.mutation_type.fields[mutation]  # type: ignore[union-attr]
        rows = getattr(get_named_type(field.type), "fields", {}).get("results")
        within = "" if rows is None else "results { errors { code field } }"
        kind = field.args["input"].type
        query = f"mutation($input: {kind}) {{ {mutation}(input: $input) {{ {within} errors {{ code field }} }} }}"
        answer = self.system.answer(query, input=given)
        if "errors" in answer:
            return [(error["extensions"]["code"], ["input"]) for error in answer["errors"]]
        payload = answer["data"][mutation]
        of_rows = [error for row in payload.get("results") or () for error in row["errors"]]
        return [(error["code"], error["field"] or []) for error in [*payload["errors"], *of_rows]]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One system for all: what is refused leaves nothing."""
    folder = tmp_path_factory.mktemp("bad_input")
    settings = Settings(_env_file=None, data_dir=folder, dev_issuer=True, http_body_limit=2 * 2**20)
    backend = SqliteBackend(folder)
    databases = {
        name: backend.open(
            name, importlib.import_module(f"services.{name}.storage.tables").metadata, migrations_of(name)
        )
        for name in present_services()
    }
    yield Bench(System(settings, databases))
    for database in databases.values():
        backend.close(database)


def input_of(mutation: str) -> Any:
    """Give the type of a mutation's input."""
    (name,) = (one for one in Mutation._meta.fields if to_camel_case(one) == mutation)
    return held_by(Mutation._meta.fields[name].args["input"])


def held_by(field: Any) -> Any:
    """Give what a field holds, without the lists and the stars around it."""
    if isinstance(field, Reference):
        return field
    held = field.type
    while isinstance(held, Structure):
        held = held.of_type
    return held


def is_list(field: Any) -> bool:
    """Tell whether a field holds a list."""
    held = field.type
    while isinstance(held, Structure):
        if isinstance(held, graphene.List):
            return True
        held = held.of_type
    return False


def is_input(held: Any) -> bool:
    """Tell whether a field holds an input with fields of its own."""
    return isinstance(held, type) and issubclass(held, graphene.InputObjectType)


def fields_of(takes: Any) -> dict[str, Any]:
    """Give the fields of an input under their names in the API."""
    return {field.name or to_camel_case(name): field for name, field in takes._meta.fields.items()}


def filled(
    takes: Any, things: dict[Kind, str], way: tuple[str, ...] = (), value: Any = None, also: tuple[str, ...] = ()
) -> Json:
    """Make an input of what it needs; at the end of `way`, which leads to one field, is the value."""
    given: Json = {}
    for name, field in fields_of(takes).items():
        on_the_way = bool(way) and way[0] == name
        if not (isinstance(field.type, graphene.NonNull) or on_the_way or name in also):
            continue
        held = held_by(field)
        if on_the_way and len(way) == 1:
            one = value
        elif is_input(held):
            one = filled(held, things, way[1:] if on_the_way else (), value, also)
        elif isinstance(held, Reference):
            one = things.get(held.kind, str(new_id(held.kind)))
        elif issubclass(held, graphene.Enum):
            names = [one.name for one in held._meta.enum]
            one = KNOWN[name] if KNOWN.get(name) in names else names[0]
        else:
            moment = SOON if name in ("dueAt", "until", *also) else "2020-01-01T09:00:00Z"
            one = KNOWN.get(name) or {**SCALARS, "DateTime": moment}[held.__name__]
        given[name] = [one] if is_list(field) else one
    return given


def faults(takes: Any, way: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Give what is wrong for each field of an input, at any depth."""
    for name, field in fields_of(takes).items():
        held, here = held_by(field), (*way, name)
        if is_input(held):
            yield from faults(held, here)
        elif isinstance(held, Reference):
            wrong = Kind.INTERACTION if held.kind is not Kind.INTERACTION else Kind.TEAM
            yield Fault(here, str(new_id(wrong)))
        elif held.__name__ == "ID":
            yield Fault(here, str(new_id(Kind.TEAM)))
            yield Fault(here, "x" * 900_000)
        elif held.__name__ == "String":
            yield Fault(here, "x" * 900_000)
            yield Fault(here, "nul\0nul")
            if name == "currency":
                yield Fault(here, "XXQ")
            if name in ("stage", "toStage"):
                yield Fault(here, "presentation")  # of another process
        elif held.__name__ in ("Date", "DateTime"):
            yield Fault(here, "20206-01-01" + ("T00:00:00Z" if held.__name__ == "DateTime" else ""), parses=False)
        elif held.__name__ == "Decimal":
            yield Fault(here, "300" if name.lower().endswith("percent") else "-1")
            yield Fault(here, "a lot", parses=False)


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_what_a_field_does_not_take_is_refused_by_its_name_and_nothing_is_stored(bench: Bench, mutation: str) -> None:
    takes = input_of(mutation)
    tried, before, let_through = list(faults(takes)), bench.stored(), []
    assert tried
    for fault in tried:
        found = bench.problems(
            mutation, filled(takes, bench.things_for(mutation), fault.path, fault.value, ALSO.get(mutation, ()))
        )
        if fault.parses:
            named = [code for code, field in found if code and {*fault.path[-2:]} & {*field}]
        else:
            named = [code for code, _ in found if code == "BAD_USER_INPUT"]
        if not named or not all(code for code, _ in found):
            let_through.append((".".join(fault.path), str(fault.value)[:20], found))
    assert not let_through, "\n".join(map(str, let_through))
    assert bench.stored() == before


def test_all_mutations_are_tried() -> None:
    assert len(MUTATIONS) > 120
    assert {"moveDeal", "registerPartner", "registerClaim", "recordSatisfaction"} <= set(MUTATIONS)


def is_said(error: Json) -> bool:
    """Tell whether an error of a query says of which argument it is."""
    return error["extensions"]["code"] == "BAD_USER_INPUT" or bool(error["extensions"].get("field"))


def arguments(kind: Any, way: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Give what is wrong for an argument of a type of the schema, at any depth."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        for name, field in named.fields.items():
            yield from arguments(field.type, (*way, name))
    elif named.name in ("String", "ID"):
        yield Fault(way, "x" * 900_000)
        yield Fault(way, "nul\0nul")
        yield Fault(way, str(new_id(Kind.REMINDER)))
    elif named.name in ("Date", "DateTime"):
        yield Fault(way, "20206-01-01" + ("T00:00:00Z" if named.name == "DateTime" else ""), parses=False)
    elif named.name == "Decimal":
        yield Fault(way, "-1")
        yield Fault(way, "a lot", parses=False)
    elif named.name in ("Int", "Float"):
        yield Fault(way, -1)
        yield Fault(way, "a lot", parses=False)


def needed(kind: Any, name: str, bench: Bench) -> Any:
    """Give a value that an argument takes."""
    nullable = get_nullable_type(kind)
    if isinstance(nullable, GraphQLList):
        return [needed(nullable.of_type, name, bench)]
    if nullable.name == "PeriodInput":
        return {"from": "2020-01-01", "to": TODAY}
    if isinstance(nullable, GraphQLInputObjectType):
        return {
            one: needed(field.type, one, bench)
            for one, field in nullable.fields.items()
            if is_required_input_field(field)
        }
    if isinstance(nullable, GraphQLEnumType):
        return next(iter(nullable.values))
    if nullable.name == "ID":
        return next((id for of, id in bench.things.items() if of.name.lower() == name), bench.things[Kind.PARTNER])
    return {**SCALARS, "DateTime": "2020-01-01T09:00:00Z"}[nullable.name]


def put(kind: Any, value: Any, bench: Bench, way: tuple[str, ...]) -> Any:
    """Give a value of a type that holds a wrong one at the end of a way."""
    nullable = get_nullable_type(kind)
    if isinstance(nullable, GraphQLList):
        return [put(nullable.of_type, value, bench, way)]
    if not way:
        return value
    given = needed(nullable, way[0], bench)
    return given | {way[0]: put(nullable.fields[way[0]].type, value, bench, way[1:])}


@pytest.mark.parametrize("query", sorted(schema.query_type.fields))  # type: ignore[union-attr]
def test_a_query_says_what_is_wrong_with_an_argument_or_finds_nothing(bench: Bench, query: str) -> None:
    field = schema.query_type.fields[query]  # type: ignore[union-attr]
    selected = "" if is_leaf_type(get_named_type(field.type)) else "{ __typename }"
    before, broken = bench.stored(), []
    for name, argument in field.args.items():
        others = [one for one, other in field.args.items() if is_required_argument(other) and one != name]
        used = {one: field.args[one].type for one in [*others, name]}
        declared = ", ".join(f"${one}: {kind}" for one, kind in used.items())
        asked = f"query({declared}) {{ {query}({', '.join(f'{one}: ${one}' for one in used)}) {selected} }}"
        for fault in arguments(argument.type):
            values = {one: needed(used[one], one, bench) for one in others}
            answer = bench.system.answer(asked, **values, **{name: put(argument.type, fault.value, bench, fault.path)})
            errors = answer.get("errors", ())
            codes = {error["extensions"]["code"] for error in errors}
            if not (all(map(is_said, errors)) if fault.parses else codes == {"BAD_USER_INPUT"}):
                broken.append((name, *fault.path, str(fault.value)[:20], errors))
    assert not broken, "\n".join(map(str, broken))
    assert bench.stored() == before
