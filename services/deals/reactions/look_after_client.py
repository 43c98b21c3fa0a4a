"""Let somebody look after a client who is not satisfied."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import SYSTEM
from chassis.clock import day_of
from chassis.events import Heard
from chassis.ids import new_id
from chassis.store.database import Transaction
from services.deals.domain.kinds import TASK
from services.deals.domain.task import Due, Priority, Task
from services.deals.events import TaskCreated, of_task
from services.deals.storage.merged import survivors
from services.deals.storage.tables import deals
from services.deals.storage.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class LowSatisfaction:
    """What this service reads of `satisfaction.low`; what is about no deal is seen to by contacts."""

    scale: str
    score: int
    deal_id: UUID | None = None
    manager_id: UUID | None = None


def look_after_client(event: Heard, tx: Transaction) -> None:
    """Add a task to the deal, which may be closed by now: until the end of the next business day, for whoever is responsible."""
    told = event.read(LowSatisfaction)
    if told.deal_id is None:
        return
    deal_id = survivors(tx.connection, {told.deal_id: told.deal_id})[told.deal_id]
    if tx.connection.execute(sa.select(deals.c.id).where(deals.c.id == deal_id)).first() is None:
        return  # of a copy of our data that is older than what was heard
    tasks = Tasks(tx, SYSTEM)
    deal = tasks.deals.hold(deal_id)
    zone = tx.enterprise.zone
    task = tasks.plan_of(deal).add(
        Task(
            id=new_id(TASK),
            deal_id=deal.id,
            title=f"The client is not satisfied ({told.scale} {told.score}): find out why",
            assignee_id=told.manager_id or deal.manager_id,
            due=Due.on_day(tx.enterprise.calendar.add_business_days(day_of(tx.now, zone), 1), zone),
            priority=Priority.HIGH,
            created_at=tx.now,
        )
    )
    tasks.add([task])
    tx.emit(TaskCreated(**of_task(task, deal, tx.now)))
