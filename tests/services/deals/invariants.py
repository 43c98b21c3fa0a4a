"""What holds of the rows of the deals service after any commands, told without the service's own code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Database
from chassis.wire import Json, decode

PARTS = 10**6
"""Quantities are kept in millionths, percentages in parts per million."""

Row = Mapping[str, Any]
Stored = Mapping[str, list[Row]]

TABLES = (
    "processes", "deals", "transitions", "proposal_versions", "proposal_lines", "proposal_responses", "customer_orders",
    "customer_order_lines", "shipments", "shipment_lines", "returns", "return_lines", "payments", "obligations",
    "fulfilments", "outbox",
)  # fmt: skip


def read(database: Database, tables: Iterable[str] = TABLES) -> Stored:
    """Read the rows of tables that the invariants are about, by the names of their columns."""
    found: dict[str, list[Row]] = {}
    with database.reading() as reading:
        for name in tables:
            table = database.metadata.tables[name]
            columns = table.columns.keys()
            rows = reading.connection.execute(sa.select(table))
            found[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    return found


def check(before: Stored, now: Stored) -> None:
    """Assert all invariants, of what is stored now and of the step that led here."""
    _facts_add_up(now)
    _highest_ranks_never_fall(before, now)
    _wins_are_shipped(before, now)
    _outcomes_are_those_told(now)
    _events_are_in_order(now)
    _orders_add_up(now)
    _acceptances_add_up(now)
    _goods_add_up(now)
    _obligations_add_up(now)


def check_totals(totals: Mapping[str, Json], lines: Sequence[Mapping[str, Json]], gross: str) -> None:
    """Assert that totals, as they are answered, are the sums of the lines to the last unit; `gross` is its name."""
    for name in ("net", "tax", gross):
        assert Decimal(totals[name]["amount"]) == sum(Decimal(line[name]["amount"]) for line in lines)
    assert Decimal(totals["net"]["amount"]) + Decimal(totals["tax"]["amount"]) == Decimal(totals[gross]["amount"])


def _facts_add_up(now: Stored) -> None:
    facts = _by(now["transitions"], "deal_id")
    highest = {(row["subject"], row["sequence"]): _told(row).get("highest_rank") or 0 for row in now["outbox"]}
    for deal in now["deals"]:
        state: dict[str, Any] = {"outcome": "IN_PROGRESS", "held": False, "voided": False, "highest": 0}
        for fact in sorted(facts[deal["id"]], key=lambda one: one["sequence"]):
            _replay(state, fact, highest[deal["id"], fact["sequence"]])
        assert state == {
            "outcome": deal["outcome"],
            "stage": deal["stage"],
            "highest": deal["highest_rank"],
            "held": deal["held_since"] is not None,
            "voided": deal["voided_at"] is not None,
        }
        assert (deal["closed_at"] is None) == (deal["outcome"] == "IN_PROGRESS")


def _replay(state: dict[str, Any], fact: Row, highest_told: int) -> None:
    match fact["kind"]:
        case "OPENED" | "MOVED":
            state |= {"stage": fact["to_stage"], "highest": max(state["highest"], fact["to_rank"] or 0)}
        case "PROCESS_CHANGED":
            state |= {"stage": fact["to_stage"], "highest": highest_told}
        case "WON" | "LOST" as outcome:
            state |= {"outcome": outcome, "held": False}
        case "REOPENED":
            assert fact["to_stage"] == state["stage"]
            state["outcome"] = "IN_PROGRESS"
        case "HELD" | "RESUMED" as kind:
            state["held"] = kind == "HELD"
        case "VOIDED" | "UNVOIDED" as kind:
            state["voided"] = kind == "VOIDED"


def _highest_ranks_never_fall(before: Stored, now: Stored) -> None:
    earlier = {deal["id"]: deal for deal in before["deals"]}
    ranks = {(one["id"], stage["key"]): stage["rank"] for one in now["processes"] for stage in one["stages"]}
    for deal in now["deals"]:
        assert deal["highest_rank"] >= ranks.get((deal["process_id"], deal["stage"]), 0)
        old = earlier.get(deal["id"])
        if old and old["process_id"] == deal["process_id"]:
            assert deal["highest_rank"] >= old["highest_rank"]


def _wins_are_shipped(before: Stored, now: Stored) -> None:
    won_before = {deal["id"] for deal in before["deals"] if deal["outcome"] == "WON"}
    controlled = {one["id"] for one in now["processes"] if one["control"] == "CONTROLLED"}
    shipments, orders = _by(now["shipments"], "deal_id"), _by(now["customer_orders"], "deal_id")
    lines = _by(now["customer_order_lines"], "order_id")
    for deal in now["deals"]:
        if deal["outcome"] != "WON" or deal["process_id"] not in controlled or deal["id"] in won_before:
            continue
        binding = [order for order in orders[deal["id"]] if order["status"] in ("CONFIRMED", "CLOSED")]
        assert all(line["shipped"] == line["quantity"] for order in binding for line in lines[order["id"]])
        if any(order["confirmed_at"] for order in orders[deal["id"]]):
            assert binding
            assert shipments[deal["id"]]
        else:
            assert any(shipment["complete"] for shipment in shipments[deal["id"]])


def _outcomes_are_those_told(now: Stored) -> None:
    told: dict[UUID, str] = {}
    voided = set[UUID]()
    for row in sorted(now["outbox"], key=lambda one: one["id"]):
        match row["type"]:
            case "deal.opened" | "deal.reopened":
                told[row["subject"]] = "IN_PROGRESS"
            case "deal.won" | "deal.lost" as outcome:
                told[row["subject"]] = outcome.removeprefix("deal.").upper()
            case "deal.voided":
                voided.add(row["subject"])
            case "deal.unvoided":
                voided.remove(row["subject"])
    counted = Counter(deal["outcome"] for deal in now["deals"] if deal["voided_at"] is None)
    assert counted == Counter(outcome for deal_id, outcome in told.items() if deal_id not in voided)


def _events_are_in_order(now: Stored) -> None:
    events = _by(sorted(now["outbox"], key=lambda one: one["id"]), "subject")
    for of_one in events.values():
        sequences = [row["sequence"] for row in of_one]
        assert sequences == sorted(set(sequences))
    for one in (*now["deals"], *now["obligations"], *now["payments"]):
        assert [row["sequence"] for row in events[one["id"]]] == list(range(1, one["version"] + 1))


def _orders_add_up(now: Stored) -> None:
    lines = _by(now["customer_order_lines"], "order_id")
    for order in now["customer_orders"]:
        assert order["gross_minor"] == sum(_gross(one, order) for one in lines[order["id"]])
        assert all(0 <= one["shipped"] <= one["quantity"] for one in lines[order["id"]])


def _acceptances_add_up(now: Stored) -> None:
    lines = _by(now["proposal_lines"], "version_id")
    for response in now["proposal_responses"]:
        if response["amount_minor"] is not None:
            taken = [
                one for one in lines[response["version_id"]] if one["alternative"] in (None, response["alternative"])
            ]
            assert response["amount_minor"] == sum(_gross(one, one) for one in taken)


def _goods_add_up(now: Stored) -> None:
    """Shipments and returns are worth what their lines are, and together what is with the client."""
    for documents, lines, key in (
        ("shipments", "shipment_lines", "shipment_id"),
        ("returns", "return_lines", "return_id"),
    ):
        of_document = _by(now[lines], key)
        for one in now[documents]:
            assert (one["amount_minor"] or 0) == sum(line["worth_minor"] for line in of_document[one["id"]])
    back: dict[Any, int] = defaultdict(int)
    quantity: dict[Any, int] = defaultdict(int)
    worth: dict[Any, int] = defaultdict(int)
    shipment_of = {one["id"]: one["shipment_id"] for one in now["returns"]}
    for sign, one in [(1, one) for one in now["shipment_lines"]] + [(-1, one) for one in now["return_lines"]]:
        quantity[one["order_id"], one["line"]] += sign * one["quantity"]
        worth[one["order_id"], one["line"]] += sign * one["worth_minor"]
        if sign < 0:
            back[shipment_of[one["return_id"]], one["order_id"], one["line"]] += one["quantity"]
    for one in now["shipment_lines"]:
        assert one["returned"] == back[one["shipment_id"], one["order_id"], one["line"]] <= one["quantity"]
    orders = {order["id"]: order for order in now["customer_orders"]}
    for one in now["customer_order_lines"]:
        place = one["order_id"], one["number"]
        assert one["shipped"] == quantity[place]
        assert worth[place] == _gross({**one, "quantity": one["shipped"]}, orders[one["order_id"]])


def _obligations_add_up(now: Stored) -> None:
    of_obligation = _by(now["fulfilments"], "obligation_id")
    for one in now["obligations"]:
        entries = of_obligation[one["id"]]
        assert one["fulfilled"] == sum(entry["size"] for entry in entries)
        assert 0 <= one["fulfilled"] <= one["size"]
        assert all(sum(one["size"] for one in part) >= 0 for part in _by(entries, "source_id").values())
        done = "FULFILLED" if one["fulfilled"] == one["size"] else "OPEN"
        assert one["status"] == ("CANCELLED" if one["status"] == "CANCELLED" and not one["fulfilled"] else done)
    of_source = _by(now["fulfilments"], "source_id")
    for payment in now["payments"]:
        allocated = sum(entry["size"] for entry in of_source[payment["id"]])
        assert 0 <= allocated <= (0 if payment["reversed_on"] else payment["amount_minor"])


def _gross(line: Row, priced: Row) -> int:
    left = PARTS - (line["discount_ppm"] or 0)
    reduced = _half_up(line["price_minor"] * line["quantity"] * left, PARTS * PARTS)
    return reduced if priced["tax_included"] else reduced + _half_up(reduced * (line["tax_ppm"] or 0), PARTS)


def _half_up(numerator: int, denominator: int) -> int:
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest >= denominator)


def _told(row: Row) -> Json:
    return decode(row["data"])


def _by(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found
