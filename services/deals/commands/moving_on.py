"""What follows where a stage's work is finished: the deal moves to the next stage, if its process says so."""

from __future__ import annotations

from chassis.actor import Actor
from chassis.errors import Refused
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.commands.following import follow
from services.deals.domain.process import Stage
from services.deals.storage.stage_facts import DealFacts
from services.deals.storage.tasks import HeldTask, Tasks


def move_on(held: HeldTask, tasks: Tasks, tx: Transaction, actor: Actor) -> Json:
    """Move the deal to its next stage if the task was the last of the present one; tell where to, or what is missing."""
    after = _next_stage(held)
    if after is None:
        return {"moved_to": None, "missing": []}
    deal = held.deal
    facts = DealFacts.of(tx, deal, after.key, tx.now)
    try:
        moved = deal.enter(after.key, facts=facts, at=None, now=tx.now)
    except Refused as refusal:  # the task is finished all the same
        return {"moved_to": None, "missing": [problem.to_json() for problem in refusal.problems]}
    tasks.deals.save(deal)
    follow(moved, deal, tx, actor)
    return {"moved_to": after.key, "missing": []}


def _next_stage(held: HeldTask) -> Stage | None:
    stage = held.deal.stage
    if stage is None or not stage.moves_on_when_done or held.task.stage != stage.key:
        return None
    return held.deal.process.after(stage) if held.plan.has_finished(stage.key) else None
