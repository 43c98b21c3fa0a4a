"""Random sequences of all that people do with deals, on each database: the invariants hold after every command."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chassis.clock import day_of, utc_now
from chassis.errors import Refused
from chassis.ids import new_id
from chassis.store.database import Database
from chassis.wire import Json
from services.deals.storage.tables import metadata
from tests.services.deals import invariants
from tests.services.deals.world import PARTNER, World
from tests.support.databases import Backend, contents, migrations_of

PROCESSES = st.sampled_from(["typical_sale", "typical_sale", "manual_sale", "free_deal"])
STAGES = ("first_contact", "qualification", "proposal", "presentation", "agreement", "preparation", "fulfilment")
ANY_STAGE = st.sampled_from([*STAGES, "negotiation", "no_stage"])
PLACES = st.integers(0, 3)
DAYS = st.sampled_from([0] * 8 + [-1, 1])
MOSTLY = st.sampled_from([True, True, True, False])
PERCENTS = st.none() | st.sampled_from(["0", "5", "12.5", "33.3333", "50"])
TAXES = st.none() | st.sampled_from(["0", "10", "20", "7.7"])
QUANTITIES = st.sampled_from(["1", "3", "0.333333", "7.5", "1000"])
GOODS = st.sampled_from(["0.1", "0.333333", "1", "2.5", "-1"])
SPOILT = st.sampled_from([{}] * 8 + [{"quantity": "-1"}, {"discount_percent": "300"}])
CURRENCIES = st.sampled_from(["USD", "USD", "USD", "USD", "EUR", "JPY"])
MONEY = st.fixed_dictionaries({"amount": st.sampled_from(["0.01", "1", "9.99", "150", "1e4"]), "currency": CURRENCIES})
LINE = {"product": st.just("pump"), "quantity": QUANTITIES, "discount_percent": PERCENTS, "tax_percent": TAXES}
PRICES = ["0.01", "1.25", "19.99", "100", "0"]


def _lines(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Json]]:
    """Make lines that are of one currency, as nearly all are."""

    def priced(currency: str) -> st.SearchStrategy[list[Json]]:
        price = st.fixed_dictionaries({"amount": st.sampled_from(PRICES), "currency": st.just(currency)})
        lines = st.lists(st.fixed_dictionaries({**LINE, "price": price, **more}), min_size=1, max_size=3)
        return st.builds(lambda given, wrong: [{**given[0], **wrong}, *given[1:]], lines, SPOILT)

    return CURRENCIES.flatmap(priced)


OFFERED = _lines(alternative=st.sampled_from([None, None, None, "heavy"]))
ORDERED = _lines(in_stock=st.sampled_from([None, "1"]))
SCHEDULES = st.sampled_from(
    [
        (),
        (
            {"percent": "30", "offset_days": 0, "basis": "ORDER"},
            {"percent": "70", "offset_days": 5, "basis": "SHIPMENT"},
        ),
        tuple({"percent": percent, "offset_days": 0, "basis": "SHIPMENT"} for percent in ("33.3333", "66.6667")),
    ]
)

PARTS = 4

taken, refused = Counter[str](), Counter[str]()


class AnyCommands(RuleBasedStateMachine):
    """Up to three deals of any process, and commands about one of them at a time; each is taken or Refused."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.world = World(database)
        self.today = day_of(utc_now(), database.enterprise.zone)
        self.contents = contents(database)
        self.stored = invariants.read(database)
        self.deals: list[Json] = []
        self.made: dict[str, list[Json]] = defaultdict(list)

    def teardown(self) -> None:
        self._check_what_is_shown()

    @initialize(process=PROCESSES, stage=st.sampled_from([*STAGES, "fulfilment", "fulfilment"]))
    def open_a_classified_clients_deal(self, process: str, stage: str) -> None:
        keys = [one["key"] for one in self.world.processes[process]["stages"]]
        if keys:
            deal = self.world.open_at(stage if stage in keys else keys[-1], process)
        else:
            deal = self.world.open(process, partner_id=new_id(PARTNER))
        self.deals.append(deal)
        for kind, query in (("proposals", "proposals_of_deals"), ("orders", "customer_orders_of_deals")):
            self.made[kind] += self.world.ask(query, deal_ids=[deal["id"]])[kind][0]
        self._check()

    @precondition(lambda self: len(self.deals) < 3)
    @rule(process=PROCESSES, known=st.booleans(), money=st.none() | MONEY)
    def open_another(self, process: str, known: bool, money: Json | None) -> None:
        deal = self._do(
            "open_deal",
            title="Another",
            process_id=self.world.processes[process]["id"],
            partner_id=new_id(PARTNER) if known else None,
            amount=money,
        )
        if deal is not None:
            self.deals.append(deal)

    @rule()
    def turn_to_another(self) -> None:
        self.deals.append(self.deals.pop(0))

    @rule(
        changes=st.fixed_dictionaries(
            {},
            optional={
                "title": st.sampled_from(["Pumps", " "]),
                "amount": st.none() | MONEY,
                "partner_id": st.sampled_from([None, str(new_id(PARTNER))]),
                "products": st.just(["pump"]),
            },
        )
    )
    def change(self, changes: Json) -> None:
        self._of_deal("change_deal", **changes)

    @rule(
        for_deal=st.booleans(), currency=CURRENCIES, schedule=SCHEDULES, days=DAYS, minimum=st.sampled_from([None, 5])
    )
    def register_terms(self, for_deal: bool, currency: str, schedule: Any, days: int, minimum: int | None) -> None:
        deal = self.world.deal(self.deals[-1]["id"]) if self._is_counted() else self.deals[-1]
        terms = self._do(
            "register_sale_terms",
            partner_id=deal["partner_id"] or new_id(PARTNER),
            deal_id=deal["id"] if for_deal else None,
            currency=currency,
            valid_from=self._day(days),
            payment_schedule=schedule,
            minimum_sum=minimum,
            max_discount_percent="50",
        )
        self._keep("terms", terms)

    @precondition(lambda self: self.made["terms"])
    @rule(place=PLACES, days=DAYS)
    def close_terms(self, place: int, days: int) -> None:
        self._do("close_sale_terms", sale_terms_id=self._made("terms", place), last_day=self._day(days))

    @rule(stage=ANY_STAGE)
    def move(self, stage: str) -> None:
        self._of_deal("move_deal", stage=stage)

    @rule()
    def move_on(self) -> None:
        deal = self._row()
        (stages,) = [one["stages"] for one in self.stored["processes"] if one["id"] == deal["process_id"]]
        keys = [stage["key"] for stage in stages]
        place = keys.index(deal["stage"]) + 1 if deal["stage"] else 0
        self._of_deal("move_deal", stage=keys[place] if place < len(keys) else "no_stage")

    @rule(process=PLACES, stage=st.none() | ANY_STAGE)
    def change_process(self, process: int, stage: str | None) -> None:
        processes = [
            one for _, one in sorted(self.world.processes.items())
        ]  # ids differ when a sequence is tried again
        self._of_deal("change_deal_process", process_id=processes[process % len(processes)]["id"], stage=stage)

    @rule(lines=OFFERED, days=DAYS, included=st.booleans())
    def send_proposal(self, lines: list[Json], days: int, included: bool) -> None:
        until = self._day(30 + days)
        sent = self._of_deal("send_proposal", lines=lines, valid_until=until, prices_include_tax=included)
        self._keep("proposals", sent and sent["proposal"])

    @precondition(lambda self: self.made["proposals"])
    @rule(place=PLACES, lines=OFFERED, days=st.sampled_from([30, 30, 30, -1]))
    def send_next_version(self, place: int, lines: list[Json], days: int) -> None:
        proposal = self._made("proposals", place)
        self._of_deal("send_proposal", proposal_id=proposal, lines=lines, valid_until=self._day(days))

    @rule(
        kind=st.sampled_from(
            ["ACCEPTED", "ACCEPTED", "ACCEPTED", "REJECTED", "COUNTER_OFFER", "DEFERRED", "NO_ANSWER"]
        ),
        reason=st.sampled_from(["price", None]),
        alternative=st.sampled_from([None, None, "heavy"]),
        sets_amount=st.booleans(),
    )
    def respond(self, kind: str, reason: str | None, alternative: str | None, sets_amount: bool) -> None:
        self._of_deal(
            "record_proposal_response",
            response=kind,
            reason=reason if kind == "REJECTED" else None,
            deferred_until=self._day(3) if kind == "DEFERRED" else None,
            alternative=alternative,
            set_deal_amount=sets_amount,
        )

    @precondition(lambda self: self.made["proposals"])
    @rule(place=PLACES, promised=st.none() | DAYS)
    def order_from_proposal(self, place: int, promised: int | None) -> None:
        proposal = self._made("proposals", place)
        day = None if promised is None else self._day(promised)
        self._keep("orders", self._do("order_from_proposal", proposal_id=proposal, promised_on=day))

    @rule(lines=ORDERED, promised=st.none() | DAYS, due=st.none() | DAYS, included=st.booleans(), agreed=st.booleans())
    def register_order(
        self, lines: list[Json], promised: int | None, due: int | None, included: bool, agreed: bool
    ) -> None:
        order = self._of_deal(
            "register_customer_order",
            lines=lines,
            promised_on=None if promised is None else self._day(promised),
            payment_due_on=None if due is None else self._day(due),
            prices_include_tax=included,
        )
        self._keep("orders", order)
        if order is not None and agreed:
            self._do("confirm_customer_order", order_id=order["id"])

    @precondition(lambda self: self.made["orders"])
    @rule(place=PLACES)
    def confirm_order(self, place: int) -> None:
        self._do("confirm_customer_order", order_id=self._made("orders", place))

    @precondition(lambda self: self.made["orders"])
    @rule(place=PLACES, quantity=QUANTITIES, more=st.booleans())
    def change_order(self, place: int, quantity: str, more: bool) -> None:
        order_id = self._made("orders", place)
        (order,) = self.world.ask("customer_orders_by_ids", ids=[order_id])["nodes"]
        kept = ("product", "discount_percent", "tax_percent")
        lines = [
            {
                **{name: one[name] for name in kept},
                "line": one["line"],
                "price": {name: one["price"][name] for name in ("amount", "currency")},
                "quantity": quantity,
            }
            for one in order["lines"]
        ]
        extra = [{**lines[0], "line": None}] if more else []
        self._do("change_customer_order", order_id=order_id, lines=[*lines, *extra])

    @precondition(lambda self: self.made["orders"])
    @rule(place=PLACES)
    def cancel_order(self, place: int) -> None:
        self._do("cancel_customer_order", order_id=self._made("orders", place))

    @rule(complete=st.sampled_from([True, True, False, None]), days=DAYS, comes_back=st.booleans())
    def ship(self, complete: bool | None, days: int, comes_back: bool) -> None:
        shipment = self._ship(complete=complete, shipped_on=self._day(days))
        if shipment is not None and comes_back:
            self._do("register_return", shipment_id=shipment["id"], returned_on=self.today)
            self._of_deal("reopen_deal")

    @precondition(lambda self: self.made["orders"])
    @rule(place=PLACES, line=st.integers(1, 2), quantity=GOODS, complete=st.sampled_from([None, None, True]))
    def ship_lines(self, place: int, line: int, quantity: str, complete: bool | None) -> None:
        goods = [{"line": line, "quantity": quantity}]
        self._ship(complete=complete, shipped_on=self.today, order_id=self._made("orders", place), lines=goods)

    @precondition(lambda self: self.made["shipments"])
    @rule(place=PLACES, days=DAYS, part=st.none() | st.tuples(st.integers(1, 2), GOODS))
    def take_back(self, place: int, days: int, part: tuple[int, str] | None) -> None:
        lines = [{"line": part[0], "quantity": part[1]}] if part else []
        shipment = self._made("shipments", place)
        self._do("register_return", shipment_id=shipment, returned_on=self._day(days), lines=lines)

    @rule(money=MONEY, days=DAYS, place=st.none() | PLACES)
    def pay(self, money: Json, days: int, place: int | None) -> None:
        order = self._made("orders", place) if place is not None and self.made["orders"] else None
        payment = self._of_deal("register_payment", amount=money, paid_on=self._day(days), order_id=order)
        self._keep("payments", payment)

    @precondition(lambda self: self.made["payments"])
    @rule(place=PLACES, days=DAYS)
    def reverse(self, place: int, days: int) -> None:
        self._do("reverse_payment", payment_id=self._made("payments", place), reversed_on=self._day(days))

    @rule(goes_on=MOSTLY)
    def hold(self, goes_on: bool) -> None:
        self._of_deal("hold_deal", reason="later")
        if goes_on:
            self._of_deal("resume_deal")

    @rule()
    def resume(self) -> None:
        self._of_deal("resume_deal")

    @rule(goes_on=MOSTLY)
    def win(self, goes_on: bool) -> None:
        self._of_deal("win_deal")
        if goes_on:
            self._of_deal("reopen_deal")

    @rule(reason=st.sampled_from(["price", "no_such_reason"]), goes_on=MOSTLY)
    def lose(self, reason: str, goes_on: bool) -> None:
        self._of_deal("lose_deal", reason=reason)
        if goes_on:
            self._of_deal("reopen_deal")

    @rule()
    def reopen(self) -> None:
        self._of_deal("reopen_deal")

    @rule(goes_on=MOSTLY)
    def void(self, goes_on: bool) -> None:
        self._of_deal("void_deal", reason="a mistake")
        if goes_on:
            self._of_deal("unvoid_deal")

    @rule()
    def unvoid(self) -> None:
        self._of_deal("unvoid_deal")

    def _check(self) -> None:
        new = contents(self.world.database)
        changed = [name for name in invariants.TABLES if new[name] != self.contents[name]]
        now = {**self.stored, **invariants.read(self.world.database, changed)}
        invariants.check(self.stored, now)
        self.contents, self.stored = new, now

    def _of_deal(self, operation: str, **given: Any) -> Json:
        return self._do(operation, deal_id=self.deals[-1]["id"], **given)

    def _ship(self, **given: Any) -> Json:
        answer = self._of_deal("register_shipment", number="S", **given)
        shipment = answer and answer["shipment"]
        self._keep("shipments", shipment)
        return shipment

    def _do(self, operation: str, **given: Any) -> Json | None:
        """Run a command; one that is refused leaves all tables as they were."""
        try:
            answer = self.world.do(operation, **given)
        except Refused:
            assert contents(self.world.database) == self.contents
            refused[operation] += 1
            return None
        taken[operation] += 1
        self._check()
        return answer

    def _keep(self, kind: str, one: Json | None) -> None:
        if one is not None:
            self.made[kind].append(one)

    def _made(self, kind: str, place: int) -> str:
        """Give the id of what was made, the newest first."""
        return str(self.made[kind][-1 - place % len(self.made[kind])]["id"])

    def _day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def _row(self) -> invariants.Row:
        (row,) = [one for one in self.stored["deals"] if str(one["id"]) == self.deals[-1]["id"]]
        return row

    def _is_counted(self) -> bool:
        return any(str(one["id"]) == self.deals[-1]["id"] and one["voided_at"] is None for one in self.stored["deals"])

    def _check_what_is_shown(self) -> None:
        ids = [str(one["id"]) for one in invariants.read(self.world.database)["deals"]]
        orders = self.world.ask("customer_orders_of_deals", deal_ids=ids)["orders"]
        proposals = self.world.ask("proposals_of_deals", deal_ids=ids)["proposals"]
        for order in (order for of_deal in orders for order in of_deal):
            invariants.check_totals(order, order["lines"], "amount")
        for version in (version for of_deal in proposals for one in of_deal for version in one["versions"]):
            if version["totals"] is not None:
                invariants.check_totals(version["totals"], version["lines"], "gross")


def _try(backend: Backend, examples: int) -> None:
    database = backend.open("deals", metadata, migrations_of("deals"))

    def one_more() -> AnyCommands:
        backend.renew(database)
        return AnyCommands(database)

    try:
        run_state_machine_as_test(
            one_more,  # type: ignore[arg-type]  # whatever makes one will do
            settings=settings(
                max_examples=examples,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            ),
        )
    finally:
        backend.close(database)


def test_some_sequences_of_commands(database_backend: Backend) -> None:
    _try(database_backend, examples=5)


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
def test_thousands_of_sequences_of_commands(database_backend: Backend, part: int) -> None:
    """`CRM_TEST_EXAMPLES` says how many on each database, in parts that processes share; a hundred take 10 to 20 seconds."""
    taken.clear()
    refused.clear()
    examples = -(-int(os.environ.get("CRM_TEST_EXAMPLES", "1000")) // PARTS)
    _try(database_backend, examples=examples)
    if examples >= 500:
        assert refused.keys() <= taken.keys()  # no command is only ever refused
    print(f"\npart {part}: {examples} sequences; taken: {dict(taken)}; refused: {dict(refused)}")
