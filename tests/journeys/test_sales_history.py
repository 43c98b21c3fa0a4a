"""A real sales history, of 14,000 deals: imported, told and reported, it has the figures that counting its lines gives.

The files stay where they are: `CRM_TEST_SALES_HISTORY` names their folder, or they lie beside the project. They are those that
examples/import/crm-sales.toml reads.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.bus.envelope import Message, event_headers
from chassis.store.database import Database
from services.deals.storage.tables import metadata as deals_metadata
from services.reporting.storage.tables import metadata, processes
from tests.services.deals.world import World as Deals
from tests.services.reporting.reference import quantile
from tests.services.reporting.telling import manager, partner, team
from tests.services.reporting.world import Told, World, at
from tests.support.databases import SqliteBackend, opened

FOLDER = Path(os.environ.get("CRM_TEST_SALES_HISTORY") or Path(__file__).parents[3] / "shared/data/crm-sales")
OUTCOMES = {"Won": "WON", "Lost": "LOST"}
Rows = Sequence["Line"]
T = TypeVar("T")

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="there is no sales history to report")


@dataclass(frozen=True)
class Line:
    """A line of the sales pipeline."""

    ref: str
    agent: str
    team: str
    account: str | None
    product: str
    outcome: str | None
    amount: Decimal | None
    created: date
    closed: date | None

    @property
    def is_won(self) -> bool:
        return self.outcome == "WON"

    @property
    def days(self) -> int:
        assert self.closed is not None
        return (self.closed - self.created).days


@dataclass(frozen=True)
class History:
    """The files, and the service that has heard of what is in them; ids are by the names that the files know."""

    lines: Rows
    world: World
    ids: dict[str, UUID]

    def named(self, key: str | None) -> str | None:
        """Give the name of whom an id is of."""
        return next((name for name, id in self.ids.items() if str(id) == key), key)


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _lines() -> list[Line]:
    teams = {row["sales_agent"]: row["manager"] for row in _read("sales_teams.csv")}
    return [
        Line(
            ref=row["opportunity_id"],
            agent=row["sales_agent"],
            team=teams[row["sales_agent"]],
            account=row["account"] or None,
            product=row["product"],
            outcome=OUTCOMES.get(row["deal_stage"]),
            amount=Decimal(row["close_value"]) if row["close_value"] else None,
            created=date.fromisoformat(row["created_on"]),
            closed=date.fromisoformat(row["close_date"]) if row["close_date"] else None,
        )
        for row in _read("sales_pipeline.csv")
    ]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """The history, imported into deals and heard by reporting."""
    backend, lines = SqliteBackend(tmp_path_factory.mktemp("history")), _lines()
    with ExitStack() as stack:
        sources = stack.enter_context(opened(backend, "deals", deals_metadata))
        world = World(stack.enter_context(opened(backend, "reporting", metadata)))
        ids: dict[str, UUID] = {}
        told: list[Told] = []
        for name in {one.team for one in lines}:
            told.append(team())
            ids[name] = told[-1].subject
        for name, of_team in {one.agent: one.team for one in lines}.items():
            told.append(manager(ids[of_team]))
            ids[name] = told[-1].subject
        for name in {one.account for one in lines if one.account}:
            told.append(partner())
            ids[name] = told[-1].subject
        world.hear(*told)
        _import(Deals(sources), lines, ids)
        for batch in _batches(_messages(sources)):
            world.receive(batch)
        yield History(lines, world, ids)


def _import(deals: Deals, lines: Rows, ids: dict[str, UUID]) -> None:
    for batch in _batches(lines):
        found = deals.do("import_deals", rows=[_row(one, ids) for one in batch])
        assert {result["status"] for result in found["results"]} == {"CREATED"}


def _row(line: Line, ids: dict[str, UUID]) -> dict[str, Any]:
    outcome = {"outcome": line.outcome, "at": at(str(line.closed)), "reason": "unknown"} if line.outcome else None
    return {
        "external_ref": {"system": "crm-sales", "id": line.ref},
        "process_key": "manual_sale",
        "title": f"{line.product} {line.ref}",
        "partner_id": ids[line.account] if line.account else None,
        "manager_id": ids[line.agent],
        "products": [line.product],
        "amount": {"amount": str(line.amount), "currency": "USD"} if line.amount is not None else None,
        "created_at": at(str(line.created)),
        "outcome": outcome,
    }


def _messages(database: Database) -> Iterator[Message]:
    outbox = database.tables.outbox
    with database.reading() as reading:
        for row in reading.connection.execute(sa.select(outbox).order_by(outbox.c.id)):
            headers = event_headers(
                event_id=str(row.event_id), source="deals", type=row.type, subject=str(row.subject),
                occurred_at=row.occurred_at, recorded_at=row.recorded_at, sequence=row.sequence, position=row.id,
                correlation_id=None,
            )  # fmt: skip
            yield Message(headers=headers, body=row.data.encode())


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    source = iter(things)
    while batch := list(islice(source, 500)):
        yield batch


Counted = tuple[int, int, int, Decimal, Decimal]


def _count(lines: Rows) -> Counted:
    """Won, lost, in progress; the amounts of won and of lost deals."""
    of = {outcome: [one for one in lines if one.outcome == outcome] for outcome in ("WON", "LOST", None)}
    sums = [sum((one.amount or Decimal(0) for one in of[outcome]), Decimal(0)) for outcome in ("WON", "LOST")]
    return len(of["WON"]), len(of["LOST"]), len(of[None]), sums[0], sums[1]


def _as_of(lines: Rows, day: date) -> list[Line]:
    """What one would have written at the beginning of a day: what was closed later was in progress."""
    known = (one for one in lines if one.created <= day)
    return [
        one if one.closed and one.closed <= day else Line(**{**vars(one), "outcome": None, "closed": None})
        for one in known
    ]


_GROUPS: dict[str | None, Callable[[Line], str | None]] = {
    None: lambda _: None,
    "MONTH": lambda one: str(one.closed)[:7] if one.closed else None,
    "MANAGER": lambda one: one.agent,
    "TEAM": lambda one: one.team,
    "PRODUCT": lambda one: one.product,
    "PARTNER": lambda one: one.account,
}


@pytest.mark.parametrize("day", [None, "2017-07-01"])
@pytest.mark.parametrize("group_by", _GROUPS)
def test_outcomes(history: History, group_by: str | None, day: str | None) -> None:
    lines = _as_of(history.lines, date.fromisoformat(day)) if day else history.lines
    moment: dict[str, Any] = {"as_of": at(day)} if day else {}
    expected: dict[str | None, list[Line]] = defaultdict(list)
    for one in lines:
        expected[_GROUPS[group_by](one)].append(one)
    found = history.world.ask("outcomes", group_by=group_by, **moment)["rows"]
    assert {history.named(row["key"]): _figures(row) for row in found} == {
        key: _count(of) for key, of in expected.items()
    }
    for row in found:
        won, lost = row["won"], row["lost"]
        assert (row["win_rate"]["numerator"], row["win_rate"]["denominator"]) == (str(won), str(won + lost))
        assert row["win_rate"]["value"] == (won / (won + lost) if won + lost else None)


def _figures(row: dict[str, Any]) -> Counted:
    amounts = Decimal(row["won_amount"]), Decimal(row["lost_amount"])
    return row["won"], row["lost"], row["in_progress"], *amounts


@pytest.mark.parametrize("period", [None, ("2017-03-01", "2017-06-01")])
def test_how_long_sales_take(history: History, period: tuple[str, str] | None) -> None:
    first, end = period or ("1900-01-01", "2999-01-01")
    won = [one for one in history.lines if one.is_won and first <= str(one.closed) < end]
    asked: dict[str, Any] = {"period": {"from": first, "to": end}} if period else {}
    days = sorted(one.days for one in won)
    assert history.world.ask("sales_cycle", **asked)["cycle"] == {
        "deals": len(won),
        "median_days": float(quantile(days, Fraction(1, 2))),
        "mean_days": sum(days) / len(days),
        "p90_days": float(quantile(days, Fraction(9, 10))),
    }


def test_managers(history: History) -> None:
    rows = history.world.ask("manager_performance")["rows"]
    found = {history.named(row["manager_id"]): row for row in rows}
    assert found.keys() == {one.agent for one in history.lines}
    for name, row in found.items():
        mine = [one for one in history.lines if one.agent == name]
        won, lost, open, amount, _ = _count(mine)
        assert (row["won"], row["lost"], row["in_progress"], Decimal(row["won_amount"])) == (won, lost, open, amount)
        days = sorted(one.days for one in mine if one.is_won)
        assert row["median_cycle_days"] == float(quantile(days, Fraction(1, 2)))


def test_the_funnel_loses_where_deals_stood(history: History) -> None:
    world = history.world
    (process,) = {row["key"] for row in world.ask("outcomes", group_by="PROCESS")["rows"]}
    assert process == "manual_sale"
    created = {"from": "2017-01-01", "to": "2017-04-01"}
    cohort = [one for one in history.lines if "2017-01-01" <= str(one.created) < "2017-04-01"]
    won, lost, open, _, lost_amount = _count(cohort)
    first, *others = world.ask("funnel", process_id=_process(world), period=created)["stages"]
    assert (first["reached"], first["entered"], first["open"], first["lost"]) == (len(cohort), len(cohort), open, lost)
    assert Decimal(first["lost_amount"]) == lost_amount
    assert {(stage["reached"], stage["entered"], stage["open"], stage["lost"]) for stage in others} == {(won, 0, 0, 0)}


def _process(world: World) -> UUID:
    with world.database.reading() as reading:
        statement = sa.select(processes.c.id).where(processes.c.key == "manual_sale")
        process_id: UUID = reading.connection.execute(statement).scalars().one()
        return process_id


def test_quarter_by_quarter(history: History) -> None:
    period = {"from": "2016-10-01", "to": "2018-01-01"}
    rows = history.world.ask("outcomes_over_time", period=period, bucket="QUARTER")["rows"]
    assert len(rows) == 5
    for row in rows:
        first, end = row["from"], row["to"]
        closed = [one for one in history.lines if one.closed and first <= str(one.closed) < end]
        opened_then = sum(first <= str(one.created) < end for one in history.lines)
        last = date.fromisoformat(end) - timedelta(days=1)
        open_then = sum(one.created <= last and (one.closed is None or one.closed > last) for one in history.lines)
        won, lost, _, won_amount, _ = _count(closed)
        assert (row["opened"], row["won"], row["lost"], row["in_progress"]) == (opened_then, won, lost, open_then)
        assert Decimal(row["won_amount"]) == won_amount
