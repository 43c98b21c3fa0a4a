"""Let all open deals of a version go on in another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field

from chassis.actor import Actor
from chassis.errors import Refused
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.change_deal_process import go_on
from services.deals.commands.inputs import ListKey
from services.deals.domain.lines import each_made
from services.deals.domain.process import Process
from services.deals.domain.transition import Outcome
from services.deals.storage.deals import Deals
from services.deals.storage.processes import Processes
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals as deals_table

LARGEST_BATCH = 200


@dataclass(frozen=True, kw_only=True)
class StageMapping:
    """Deals that stand at one stage go on at another."""

    from_stage: ListKey
    to_stage: ListKey


@dataclass(frozen=True, kw_only=True)
class ChangeProcessOfDeals:
    """Ask that the deals in progress of one version go on in another; a stage that is not mapped keeps its key.

    At most 200 deals are changed in one request, in the order of their numbers: `after` says where to go on.
    """

    from_process_id: UUID
    to_process_id: UUID
    stages: Annotated[tuple[StageMapping, ...], Field(max_length=50)] = ()
    after: Annotated[int, Field(ge=0, le=2**62)] = 0


def change_process_of_deals(command: ChangeProcessOfDeals, tx: Transaction, actor: Actor) -> Json:
    """Change the process of many deals, each taken or refused by itself; answer a result for each, and where to go on."""
    actor.require("process")
    processes = Processes(tx.connection)
    processes.get(command.from_process_id)
    process = processes.get(command.to_process_id)
    mapping = {one.from_stage: one.to_stage for one in command.stages}
    each_made(command.stages, lambda one: _known(one, process), "stages")
    d = deals_table.c
    counted = (d.voided_at.is_(None), d.merged_into_id.is_(None))
    open_ones = (d.process_id == command.from_process_id, d.outcome == Outcome.IN_PROGRESS.value, *counted)
    select = sa.select(d.id, d.number).where(*open_ones, d.number > command.after)
    reach = within_reach(actor, d.manager_id)
    rows = tx.connection.execute(select.where(*reach).order_by(d.number).limit(LARGEST_BATCH + 1)).all()
    taken = rows[:LARGEST_BATCH]
    results = {one: _change(one, process, mapping, tx, actor) for one in sorted(row.id for row in taken)}
    return {
        "results": [results[row.id] for row in taken],
        "after": taken[-1].number if len(rows) > LARGEST_BATCH else None,
    }


def _change(deal_id: UUID, process: Process, mapping: Mapping[str, str], tx: Transaction, actor: Actor) -> Json:
    deals = Deals(tx, actor)
    try:
        with tx.attempt():
            deal = deals.get(deal_id)
            stage = mapping.get(deal.stage.key) if deal.stage else None
            go_on(deal, process, stage, deals, tx, actor)
    except Refused as refusal:
        return {"deal_id": deal_id, "deal": None, "problems": [problem.to_json() for problem in refusal.problems]}
    return {"deal_id": deal_id, "deal": deal_answer(deal, tx.enterprise.base_currency), "problems": []}


def _known(one: StageMapping, process: Process) -> None:
    """Raise Refused if deals are to go on at a stage that the process does not have."""
    try:
        process.stage(one.to_stage)
    except Refused as error:
        raise Refused(*(replace(problem, field=("to_stage",)) for problem in error.problems)) from error
