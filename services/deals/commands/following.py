"""What follows from a deal's transitions, in the same transaction."""

from __future__ import annotations

from chassis.actor import Actor
from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.next_step import StepStatus
from services.deals.domain.stage_work import stage_work
from services.deals.domain.transition import Transition, TransitionKind
from services.deals.events import NextStepDropped, TaskCreated, of_step, of_task, transition_told
from services.deals.storage.copies import head_over
from services.deals.storage.next_steps import NextSteps
from services.deals.storage.tasks import Tasks


def follow(transition: Transition, deal: Deal, tx: Transaction, actor: Actor, *, imported: bool = False) -> None:
    """Tell of a transition that is stored, and do what follows from it.

    A deal that enters a stage gets the tasks of the stage's plan, unless the move is `imported`: those who were there
    then have done its work. Going on at the same stage of another version enters none. A deal that is closed has no next
    step any more.
    """
    tx.emit(transition_told(deal, transition))
    if transition.kind in (TransitionKind.WON, TransitionKind.LOST):
        drop_step(deal, tx, actor)
    if _enters(transition) and not imported:
        _begin_stage(deal, tx, actor)


def drop_step(deal: Deal, tx: Transaction, actor: Actor) -> None:
    """Drop the step that is planned for a deal, if there is one."""
    steps = NextSteps(tx, actor)
    step = steps.planned_for(deal)
    if step is not None:
        step.close(StepStatus.DROPPED, tx.now)
        steps.save(step)
        tx.emit(NextStepDropped(**of_step(step, deal, tx.now), replaced_by_id=None))


def _enters(transition: Transition) -> bool:
    if transition.kind is TransitionKind.PROCESS_CHANGED:
        before, after = transition.from_stage, transition.to_stage
        return after is not None and (before is None or before.key != after.key)
    return transition.kind in (TransitionKind.OPENED, TransitionKind.MOVED)


def _begin_stage(deal: Deal, tx: Transaction, actor: Actor) -> None:
    if deal.stage is None or not deal.stage.plan:
        return
    tasks = Tasks(tx, actor)
    plan = tasks.plan_of(deal)
    head = head_over(tx, deal.manager_id)
    made = stage_work(deal, deal.stage, plan, head_id=head, calendar=tx.enterprise.calendar, now=tx.now)
    tasks.add(made)
    for task in made:
        tx.emit(TaskCreated(**of_task(task, deal, tx.now)))
