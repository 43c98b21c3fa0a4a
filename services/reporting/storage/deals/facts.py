"""Writing down what was heard of deals: facts more, and where each deal stands now."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.store.database import Transaction
from services.reporting.domain.deals.history import (
    Fact,
    Kind,
    Standing,
    fold,
    go_on,
    happened,
    in_order,
    is_regular,
    unfold,
)
from services.reporting.storage.alone import alone
from services.reporting.storage.deals.moments import Moments
from services.reporting.storage.deals.states import Change, Stood, read_states, write_states, written
from services.reporting.storage.deals.stays import Stays
from services.reporting.storage.deals.tally import Tally
from services.reporting.storage.managers.hand_overs import put_away
from services.reporting.storage.managers.tasks import counted_tasks, tasks_of_deals
from services.reporting.storage.rollup import Rollup
from services.reporting.storage.scope import among
from services.reporting.storage.tables import deal_facts, task_counts
from services.reporting.storage.writing import insert

FACT_COLUMNS = (
    deal_facts.c.sequence, deal_facts.c.kind, deal_facts.c.occurred_at, deal_facts.c.recorded_at,
    deal_facts.c.process_id, deal_facts.c.process_key, deal_facts.c.stage, deal_facts.c.rank, deal_facts.c.manager_id, deal_facts.c.partner_id,
    deal_facts.c.currency, deal_facts.c.amount_minor, deal_facts.c.base_minor, deal_facts.c.products,
    deal_facts.c.loss_reason, deal_facts.c.competitor_id, deal_facts.c.highest_stage, deal_facts.c.highest_rank,
    deal_facts.c.planned_start_on, deal_facts.c.expected_close_on, deal_facts.c.probability,
)  # fmt: skip

_OF_DEALS = sa.select(deal_facts.c.deal_id, *FACT_COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFact:
    """A fact, and the deal that it is of."""

    deal_id: UUID
    fact: Fact


def fact_of(row: Sequence[Any]) -> Fact:
    """Read a fact from a row of FACT_COLUMNS."""
    return Fact(
        sequence=row[0], kind=Kind(row[1]), occurred_at=row[2], recorded_at=row[3], process_id=row[4],
        process_key=row[5], stage=row[6], rank=row[7], manager_id=row[8], partner_id=row[9], currency=row[10],
        amount_minor=row[11], base_minor=row[12], products=tuple(row[13]), loss_reason=row[14], competitor_id=row[15],
        highest_stage=row[16], highest_rank=row[17], planned_start_on=row[18], expected_close_on=row[19],
        probability=Decimal(row[20]) if row[20] is not None else None,
    )  # fmt: skip


def standings(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[UUID, Standing]]:
    """Add up the facts of each deal, from rows of FACT_COLUMNS that end with the deal, in the order of deals and sequences.

    A deal of which nothing is known but what became of its record is left out.
    """
    for deal_id, of_deal in groupby(rows, key=lambda row: row[-1]):
        facts = [fact_of(row) for row in of_deal]
        if happened(facts):
            yield deal_id, fold(facts)


def record_many(tx: Transaction, heard: Iterable[DealFact]) -> None:
    """Keep facts and bring the projections of their deals up to them; a fact that is there already changes nothing.

    Where a deal stands follows from where it stood, if its new facts come after all that are known; what comes out of
    its order is added up with all of them anew. So the order in which facts come makes no difference.
    """
    alone(tx.connection)
    told: dict[UUID, dict[int, Fact]] = defaultdict(dict)
    for one in heard:
        told[one.deal_id].setdefault(one.fact.sequence, one.fact)
    new = {deal_id: in_order(facts.values()) for deal_id, facts in told.items()}
    stood = read_states(tx.connection, new)
    late = [deal_id for deal_id, before in stood.items() if not before.goes_on_with(new[deal_id])]
    known = _facts_of(tx.connection, late) if late else {}
    changes = _Changes(tx.enterprise.zone)
    for deal_id, facts in new.items():
        if deal_id in known:
            changes.tell_anew(deal_id, known[deal_id], facts, was_irregular=stood[deal_id].irregular)
        elif deal_id in stood:
            changes.go_on(deal_id, stood[deal_id], facts)
        else:
            changes.begin(deal_id, facts)
    changes.write(tx.connection)


class _Changes:
    """Gathers how deals change, to write it together."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._tally, self._moments, self._stays = Tally(zone), Moments(zone), Stays()
        self._facts: list[dict[str, Any]] = []
        self._changes: list[Change] = []

    def begin(self, deal_id: UUID, facts: Sequence[Fact]) -> None:
        """Note the facts of a deal of which nothing is known."""
        regular = self._unfold(deal_id, facts)
        self._change(deal_id, None, fold(facts), facts, newest=facts[-1], irregular=not regular)

    def go_on(self, deal_id: UUID, before: Stood, facts: Sequence[Fact]) -> None:
        """Note facts that follow all that are known of a deal."""
        after = before.standing.copy()
        told = self._stays.noting(deal_id, before.standing, go_on(after, facts))
        self._moments.go_on(deal_id, before.standing.sequence, told)
        self._change(deal_id, before.standing, after, facts, newest=facts[-1], irregular=False)

    def tell_anew(self, deal_id: UUID, known: Iterable[Fact], facts: Iterable[Fact], *, was_irregular: bool) -> None:
        """Note facts of a deal that change what follows from those known, unless these are the same."""
        before = in_order(known)
        there = {fact.sequence for fact in before}
        new = [fact for fact in facts if fact.sequence not in there]
        if not new:
            return
        after = in_order([*before, *new])
        if not was_irregular:
            self._moments.forget(deal_id, before)
        self._stays.forget(deal_id)
        regular = self._unfold(deal_id, after)
        self._change(deal_id, fold(before), fold(after), new, newest=after[-1], irregular=not regular)

    def _unfold(self, deal_id: UUID, facts: Sequence[Fact]) -> bool:
        """Note all facts of a deal in their order; tell whether they lie regularly."""
        told = self._stays.noting(deal_id, None, unfold(facts))
        regular = is_regular(facts)
        if regular:
            self._moments.go_on(deal_id, None, told)
        else:
            deque(told, maxlen=0)
        return regular

    def _change(
        self,
        deal_id: UUID,
        before: Standing | None,
        after: Standing,
        facts: Sequence[Fact],
        *,
        newest: Fact,
        irregular: bool,
    ) -> None:
        self._facts += [_fact_row(deal_id, fact) for fact in facts]
        self._moments.keep_products(facts)
        self._tally.change(before, after)
        self._changes.append(Change(deal_id=deal_id, before=before, after=after, newest=newest, irregular=irregular))

    def write(self, connection: sa.Connection) -> None:
        """Write what was gathered."""
        if not self._changes:
            return
        insert(connection, deal_facts, self._facts)
        write_states(connection, self._changes, self._zone)
        self._count_tasks(connection)
        self._count_hand_overs(connection)
        self._moments.write(connection)
        self._stays.write(connection)
        self._tally.write(connection)

    def _count_tasks(self, connection: sa.Connection) -> None:
        """Count the tasks of deals by which they count for something else than before."""
        changed = [one for one in self._changes if one.tasks_before != one.tasks_now]
        tasks = tasks_of_deals(connection, [one.deal_id for one in changed]) if changed else []
        if tasks:
            rollup = Rollup(task_counts)
            rollup.change(
                counted_tasks(tasks, {one.deal_id: one.tasks_before for one in changed}, self._zone),
                counted_tasks(tasks, {one.deal_id: one.tasks_now for one in changed}, self._zone),
            )
            rollup.write(connection)

    def _count_hand_overs(self, connection: sa.Connection) -> None:
        """Leave out the hand-overs of deals that are voided or merged now, and count those of deals that are not any more."""
        counted = {one.deal_id: (one.before is None or one.before.counted, one.after.counted) for one in self._changes}
        gone = [deal_id for deal_id, (was, is_now) in counted.items() if was and not is_now]
        back = [deal_id for deal_id, (was, is_now) in counted.items() if is_now and not was]
        if gone or back:
            put_away(connection, gone, back, self._zone)


def _facts_of(connection: sa.Connection, deal_ids: Collection[UUID]) -> dict[UUID, list[Fact]]:
    found: dict[UUID, list[Fact]] = defaultdict(list)
    for deal_id, *row in connection.execute(_OF_DEALS.where(among(connection, deal_facts.c.deal_id, deal_ids))):
        found[deal_id].append(fact_of(row))
    return found


def _fact_row(deal_id: UUID, fact: Fact) -> dict[str, Any]:
    return {
        "deal_id": deal_id,
        "sequence": fact.sequence,
        "kind": fact.kind.value,
        "occurred_at": fact.occurred_at,
        "recorded_at": fact.recorded_at,
        "process_id": fact.process_id,
        "process_key": fact.process_key,
        "manager_id": fact.manager_id,
        "partner_id": fact.partner_id,
        "currency": fact.currency,
        "amount_minor": fact.amount_minor,
        "base_minor": fact.base_minor,
        "loss_reason": fact.loss_reason,
        "competitor_id": fact.competitor_id,
        "stage": fact.stage,
        "rank": fact.rank,
        "planned_start_on": fact.planned_start_on,
        "expected_close_on": fact.expected_close_on,
        "probability": written(fact.probability),
        "highest_stage": fact.highest_stage,
        "highest_rank": fact.highest_rank,
        "products": fact.products,
    }
