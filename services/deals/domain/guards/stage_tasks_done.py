"""The guard `stage_tasks_done`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class StageTasksDone(Guard):
    """The work of the stage that the deal leaves is finished."""

    name = "stage_tasks_done"
    description = "All tasks of the stage that the deal leaves are done or cancelled."
    missing = "complete or cancel the open tasks of the present stage"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether no task of the present stage is open."""
        return not facts.has_open_stage_tasks()
