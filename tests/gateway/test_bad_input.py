"""Bad input to each mutation of deals: every field of it is tried with what it does not take."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import graphene
import pytest
import sqlalchemy as sa
from graphene.types.structures import Structure
from graphene.utils.str_converters import to_camel_case
from graphql import get_named_type

from chassis.ids import new_id
from chassis.settings import Settings
from chassis.wire import Json
from gateway.kinds import Kind
from gateway.references import Reference
from gateway.schema import Mutation, schema
from tests.gateway.system import System, present_services
from tests.gateway.test_deals import open_deal, register_manager, register_partner
from tests.support.databases import SqliteBackend, migrations_of

TODAY = datetime.now(UTC).date().isoformat()
PUMPS = {"product": "pump", "quantity": "4", "price": {"amount": "10", "currency": "USD"}}
SCALARS = {"String": "word", "Decimal": "1", "Int": 1, "Boolean": True, "Float": 0.5, "Date": TODAY}
KNOWN = {
    "beginsOn": "2020-01-01",
    "currency": "EUR", "kind": "DOCUMENTS", "outcome": "LOST", "response": "REJECTED", "stage": "proposal", "reason": "price", "key": "price", "validFrom": "2020-01-01",
    "mediaType": "application/pdf", "source": "bank", "sha256": "a" * 64, "processKey": "manual_sale",
}  # fmt: skip
"""What is taken where any word is not."""
ALSO = {
    "importDeals": ("processKey",), "raiseSupplierOrders": ("supplier",), "recordProposalResponse": ("deal",),
    "setSalesTarget": ("manager",),
}  # fmt: skip
"""What one of several fields has to say."""
DEALS = ["DealMutations", "OrderMutations", "ProcessMutations", "ApprovalMutations"]
MUTATIONS = sorted(
    to_camel_case(name)
    for name in Mutation._meta.fields
    if any(name in base._meta.fields for base in Mutation.__mro__ if base.__name__ in DEALS and hasattr(base, "_meta"))
)


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
        self.things = {
            Kind.PARTNER: partner, Kind.MANAGER: manager, Kind.DEAL: deal, Kind.SEGMENT: segment,
            Kind.SALE_TERMS: terms["saleTerms"]["id"], Kind.PROPOSAL: offer, Kind.CUSTOMER_ORDER: order,
            Kind.SUPPLIER_ORDER: bought[0]["id"], Kind.SHIPMENT: shipment, Kind.PAYMENT: payment,
            Kind.OBLIGATION: papers, Kind.TASK: task, Kind.NEXT_STEP: planned, Kind.FILE: file,
            Kind.PROCESS: system.processes["manual_sale"],
        }  # fmt: skip

    def stored(self) -> dict[str, list[Any]]:
        """Read all that the deals service has stored."""
        database = self.system.databases["deals"]
        with database.reading() as reading:
            return {
                name: [tuple(row) for row in reading.connection.execute(sa.select(table))]
                for name, table in database.metadata.tables.items()
            }

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
            moment = "2999-01-01T09:00:00Z" if name in ("dueAt", "until") else "2020-01-01T09:00:00Z"
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
        found = bench.problems(mutation, filled(takes, bench.things, fault.path, fault.value, ALSO.get(mutation, ())))
        if fault.parses:
            named = [code for code, field in found if code and {*fault.path[-2:]} & {*field}]
        else:
            named = [code for code, _ in found if code == "BAD_USER_INPUT"]
        if not named or not all(code for code, _ in found):
            let_through.append((".".join(fault.path), str(fault.value)[:20], found))
    assert not let_through, "\n".join(map(str, let_through))
    assert bench.stored() == before


def test_all_mutations_of_deals_are_tried() -> None:
    assert len(MUTATIONS) > 55
    assert {"moveDeal", "registerPayment", "importDeals", "publishSalesProcess", "decideApproval"} <= set(MUTATIONS)
