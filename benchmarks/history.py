"""Much that deals may have told: histories side by side, as the deals service writes them into its outbox."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg2

from chassis.events import Published
from chassis.ids import new_id
from chassis.wire import encode
from services.deals.domain.kinds import DEAL, PROCESS, TASK
from services.deals.domain.task import Priority, TaskStatus
from services.deals.events.deal import AmountTold, DealChanged, DealLost, DealOpened, DealStageChanged, DealWon
from services.deals.events.process import ProcessPublished, StageTold
from services.deals.events.task import TaskCompleted, TaskCreated

STAGES = ("contact", "need", "offer", "negotiation", "contract", "order", "shipment")
_AT_ONCE = 2_000
"""Deals under way at once: so many others tell something before a deal tells again."""
_START = datetime(2020, 1, 1, tzinfo=UTC)
_COLUMNS = "event_id, type, subject, sequence, occurred_at, recorded_at, data, position, published_at"
_CHUNK = 20_000


def tell_history(database_url: str, count: int, seed: int = 1) -> UUID:
    """Write so many events into the outbox of deals, as published; give the process that they are of.

    Where there are published events already, these follow.
    """
    events = _events(random.Random(seed))
    first = next(events)
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0) FROM outbox")
        (position,) = cursor.fetchone() or (0,)
        told = enumerate(itertools.islice(itertools.chain([first], events), count), position + 1)
        while chunk := list(itertools.islice(told, _CHUNK)):
            rows = encode([_row(event, at) for at, event in chunk]).decode()
            cursor.execute(
                f"INSERT INTO outbox ({_COLUMNS}) SELECT {_COLUMNS} FROM json_populate_recordset(NULL::outbox, %s)",
                (rows,),
            )
    connection.close()
    connection = psycopg2.connect(database_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) outbox")
    connection.close()
    return first.subject_id


def _row(event: Published, position: int) -> dict[str, Any]:
    at = event.occurred_at
    return {
        "event_id": new_id(0),
        "type": event.type,
        "subject": event.subject_id,
        "sequence": event.sequence,
        "occurred_at": at,
        "recorded_at": at,
        "data": event.body().decode(),
        "position": position,
        "published_at": at,
    }


def _events(draw: random.Random) -> Iterator[Published]:
    """Give events for ever, the process first; time goes on with each."""
    now = _START
    process = process_told(new_id(PROCESS))
    yield process
    managers, partners = [new_id(0x102) for _ in range(50)], [new_id(0x101) for _ in range(5_000)]
    under_way: list[Iterator[Published]] = []
    while True:
        now += timedelta(seconds=draw.randrange(1, 120))
        if len(under_way) < _AT_ONCE:
            deal = Deal(process, draw, draw.choice(managers), draw.choice(partners))
            under_way.append(deal.history())
        which = draw.randrange(len(under_way))
        event = next(under_way[which], None)
        if event is None:
            under_way[which] = under_way[-1]
            under_way.pop()
        else:
            object.__setattr__(event, "occurred_at", now)
            yield event


def process_told(process_id: UUID) -> ProcessPublished:
    """Tell of the process that the deals are of."""
    stages = tuple(StageTold(key=key, rank=rank, probability=rank / 10) for rank, key in enumerate(STAGES, 1))
    return ProcessPublished(
        process_id=process_id, key="benchmark", version=1, control="MANUAL", won_by="COMMAND", stages=stages,
        sequence=1, occurred_at=_START,
    )  # fmt: skip


class Deal:
    """One deal: opened, moved on, changed, won or lost, with a task done in between."""

    def __init__(
        self, process: ProcessPublished, draw: random.Random, manager: UUID | None = None, partner: UUID | None = None
    ) -> None:
        self.id = new_id(DEAL)
        self.sequence = 0
        self._process, self._draw, self._task = process, draw, new_id(TASK)
        amount = Decimal(draw.randrange(1_000, 100_000)).scaleb(-2)
        self._about: dict[str, Any] = {
            "deal_id": self.id,
            "process_id": process.process_id,
            "process_key": process.key,
            "process_version": process.version,
            "manager_id": manager,
            "partner_id": partner,
            "amount": AmountTold(amount=amount, currency="USD", base=amount),
            "products": tuple(draw.sample(("A", "B", "C", "D"), draw.randrange(3))),
        }

    def history(self) -> Iterator[Published]:
        """Tell of it, to its end."""
        yield self.opened()
        yield self._tasked(TaskCreated, 1, TaskStatus.PLANNED)
        furthest = self._draw.randrange(1, len(STAGES))
        for stage in range(1, furthest + 1):
            yield self.moved(stage)
            if stage == 1:
                yield self._tasked(TaskCompleted, 2, TaskStatus.DONE)
            elif stage == 3:
                yield DealChanged(changed=("amount",), expected_close_on=None, planned_start_on=None, **self._next())
        where: dict[str, Any] = {"stage": STAGES[furthest], "stage_rank": furthest + 1}
        if furthest > 3:
            yield DealWon(**where, **self._next())
        else:
            yield DealLost(reason="price", competitor_id=None, **where, **self._next())

    def onward(self) -> Iterator[Published]:
        """Tell that it is opened, and enters one stage after another."""
        yield self.opened()
        yield from map(self.moved, range(1, len(STAGES)))

    def opened(self) -> Published:
        """Tell that it is opened."""
        return DealOpened(stage=STAGES[0], stage_rank=1, expected_close_on=None, planned_start_on=None, **self._next())

    def moved(self, stage: int) -> Published:
        """Tell that it has come from the stage before to the one of an index."""
        return DealStageChanged(
            old_stage=STAGES[stage - 1], new_stage=STAGES[stage], old_rank=stage, new_rank=stage + 1, **self._next()
        )

    def _next(self) -> dict[str, Any]:
        self.sequence += 1
        return {**self._about, "sequence": self.sequence, "occurred_at": _START}

    def _tasked(self, kind: Any, sequence: int, status: TaskStatus) -> Published:
        about = self._about
        told: Published = kind(
            deal_id=self.id, partner_id=about["partner_id"], manager_id=about["manager_id"],
            process_id=about["process_id"], task_id=self._task, stage=STAGES[0], assignee_id=about["manager_id"],
            due_at=_START, status=status, priority=Priority.NORMAL, completed_at=None, sequence=sequence,
            occurred_at=_START,
        )  # fmt: skip
        return told
