"""A deal that goes on in a newer version of its process, or in another process."""

from __future__ import annotations

from chassis.errors import refuse
from services.deals.domain.deal import Deal
from services.deals.domain.process import Process, Stage


def landing(deal: Deal, process: Process, named: str | None) -> Stage | None:
    """Tell at which stage of a process a deal goes on: the one named, else the one with its present stage's key.

    A deal that had no stages goes on at the first one; where there are none, at none.
    """
    if named is not None:
        return process.stage(named)
    if deal.stage is None or not process.stages:
        return process.first
    same = next((stage for stage in process.stages if stage.key == deal.stage.key), None)
    if same is None:
        known = tuple(stage.key for stage in process.stages)
        message = f"the process has no stage {deal.stage.key!r}: say at which the deal goes on, of {', '.join(known)}"
        raise refuse("STAGE_REQUIRED", message, "stage", details=known)
    return same


def highest_after(deal: Deal, process: Process, stage: Stage | None) -> Stage | None:
    """Tell the furthest stage of a process that a deal counts as having reached, when it goes on at a stage of it.

    In another version of the same process, stages that share a key are the same: what was reached stays reached. What was
    reached in another process says nothing here: the deal has reached the stage at which it goes on.
    """
    if stage is None or process.key != deal.process.key:
        return stage
    reached = {one.key for one in deal.process.stages if one.rank <= deal.highest_rank}
    return max((stage, *(one for one in process.stages if one.key in reached)), key=lambda one: one.rank)
