"""The plan of work of a deal: its tasks, what each waits for, and how far all of it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import refuse
from services.deals.domain.task import Task, TaskStatus

CHANGEABLE = frozenset(
    {"title", "description", "assignee_id", "due", "priority", "prerequisites", "status", "progress"}
)
MOST_TASKS = 500


class WorkPlan:
    """All tasks of one deal. No task waits for itself, and what is done had all that it waited for done or cancelled."""

    def __init__(self, tasks: Iterable[Task] = ()) -> None:
        self._tasks = {task.id: task for task in tasks}

    @property
    def tasks(self) -> list[Task]:
        """The tasks, in the order in which they came to be."""
        return list(self._tasks.values())

    def get(self, task_id: UUID) -> Task:
        """Find a task; raise Refused with NOT_FOUND."""
        task = self._tasks.get(task_id)
        if task is None:
            raise refuse("NOT_FOUND", f"the deal has no task {task_id}", "task")
        return task

    def add(self, task: Task) -> Task:
        """Add a task that waits for tasks of this plan only."""
        if len(self._tasks) >= MOST_TASKS:
            raise refuse("TOO_MANY_TASKS", f"a deal has at most {MOST_TASKS} tasks", "deal")
        self._require_known(task.prerequisites)
        self._tasks[task.id] = task
        return task

    def extend(self, tasks: Iterable[Task]) -> None:
        """Add tasks that may wait for one another."""
        self._tasks.update((task.id, task) for task in tasks)

    def change(self, task: Task, changes: Mapping[str, Any]) -> tuple[str, ...]:
        """Change an open task; give the names of what differs from before. A task that makes progress is in progress."""
        unknown = changes.keys() - CHANGEABLE
        if unknown:
            raise KeyError(f"no one changes {sorted(unknown)}")
        if not task.status.is_open:
            raise refuse("TASK_CLOSED", f"the task is {task.status.lower()}; reopen it first", "task")
        if "prerequisites" in changes:
            self._require_known(changes["prerequisites"])
            self._require_no_cycle(task, changes["prerequisites"])
        if changes.get("progress") and "status" not in changes:
            changes = {**changes, "status": TaskStatus.IN_PROGRESS}
        changed = tuple(sorted(name for name, value in changes.items() if getattr(task, name) != value))
        for name in changed:
            setattr(task, name, changes[name])
        if changed:
            task.version += 1
        return changed

    def complete(self, task: Task, at: datetime) -> None:
        """Say that a task is done; raise Refused with TASK_BLOCKED while what it waits for is open."""
        self._require_open(task)
        waits_for = self.waits_for(task)
        if waits_for:
            titles = ", ".join(repr(other.title[:60]) for other in waits_for)
            raise refuse(
                "TASK_BLOCKED",
                f"to be done before: {titles}",
                "task",
                details=tuple(str(other.id) for other in waits_for),
            )
        task.status, task.completed_at = TaskStatus.DONE, at
        task.version += 1

    def cancel(self, task: Task) -> None:
        """Say that a task is not to be done; who waits for it waits no longer."""
        self._require_open(task)
        task.status = TaskStatus.CANCELLED
        task.version += 1

    def reopen(self, task: Task) -> None:
        """Put a done or cancelled task back to how it stood; raise Refused where one that waited for it is done."""
        if task.status.is_open:
            raise refuse("TASK_OPEN", "the task is open; only a done or cancelled one can be reopened", "task")
        done = [other for other in self.tasks if task.id in other.prerequisites and other.status is TaskStatus.DONE]
        if done:
            titles = ", ".join(repr(other.title[:60]) for other in done)
            raise refuse(
                "TASK_NEEDED",
                f"done after it: {titles}; reopen these first",
                "task",
                details=tuple(str(other.id) for other in done),
            )
        task.status = TaskStatus.IN_PROGRESS if task.progress else TaskStatus.PLANNED
        task.completed_at = None
        task.version += 1

    def waits_for(self, task: Task) -> list[Task]:
        """Give the open tasks that are to be finished before a task can be."""
        return [other for other in self.tasks if other.id in task.prerequisites and other.status.is_open]

    def of_stage(self, stage: str) -> list[Task]:
        """Give the tasks that are work of a stage."""
        return [task for task in self.tasks if task.stage == stage]

    def has_finished(self, stage: str) -> bool:
        """Tell whether a stage had work to do and all of it is done or cancelled, some of it done."""
        statuses = {task.status for task in self.of_stage(stage)}
        return TaskStatus.DONE in statuses and not any(status.is_open for status in statuses)

    def _require_open(self, task: Task) -> None:
        if not task.status.is_open:
            raise refuse("TASK_CLOSED", f"the task is {task.status.lower()} already", "task")

    def _require_known(self, prerequisites: frozenset[UUID]) -> None:
        unknown = prerequisites - self._tasks.keys()
        if unknown:
            named = ", ".join(map(str, sorted(unknown)))
            raise refuse("NOT_FOUND", f"the deal has no task {named}", "prerequisites")

    def _require_no_cycle(self, task: Task, prerequisites: frozenset[UUID]) -> None:
        seen: set[UUID] = set()
        ahead = set(prerequisites)
        while ahead:
            seen |= ahead
            ahead = {before for one in ahead for before in self._tasks[one].prerequisites} - seen
        if task.id in seen:
            raise refuse(
                "DEPENDENCY_CYCLE", "the task would wait for itself: one of these waits for it", "prerequisites"
            )
