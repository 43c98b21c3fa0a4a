"""Random plans of work: whatever is asked of them, nothing waits for itself and nothing is done before its time."""

from __future__ import annotations

from datetime import UTC, datetime

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from chassis.errors import Refused
from chassis.ids import new_id
from services.deals.domain.kinds import DEAL, TASK
from services.deals.domain.task import Task, TaskStatus
from services.deals.domain.work_plan import MOST_TASKS, WorkPlan

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def a_task(*prerequisites: Task, title: str = "A task", stage: str | None = None) -> Task:
    waits_for = frozenset(task.id for task in prerequisites)
    return Task(
        id=new_id(TASK), deal_id=new_id(DEAL), title=title, created_at=NOW, prerequisites=waits_for, stage=stage
    )


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problems[0].code


class PlanLife(RuleBasedStateMachine):
    """One plan, and a model that knows of each task its status and what it waits for."""

    tasks: Bundle[Task] = Bundle("tasks")

    def __init__(self) -> None:
        super().__init__()
        self.plan = WorkPlan()
        self.status: dict[object, TaskStatus] = {}
        self.waits: dict[object, frozenset[object]] = {}

    @rule(target=tasks, before=st.lists(tasks, max_size=3))
    def add(self, before: list[Task]) -> Task:
        task = self.plan.add(a_task(*before))
        self.status[task.id], self.waits[task.id] = TaskStatus.PLANNED, task.prerequisites
        return task

    @rule(task=tasks, before=st.lists(tasks, max_size=3))
    def wait_for(self, task: Task, before: list[Task]) -> None:
        wanted = frozenset(one.id for one in before)
        expected = None
        if not self.is_open(task.id):
            expected = "TASK_CLOSED"
        elif any(task.id == one or self.leads_to(one, task.id) for one in wanted):
            expected = "DEPENDENCY_CYCLE"
        assert self.code(lambda: self.plan.change(task, {"prerequisites": wanted})) == expected
        if expected is None:
            self.waits[task.id] = wanted

    @rule(task=tasks, percent=st.integers(0, 100))
    def progress(self, task: Task, percent: int) -> None:
        expected = None if self.is_open(task.id) else "TASK_CLOSED"
        assert self.code(lambda: self.plan.change(task, {"progress": percent})) == expected
        if expected is None and percent:
            self.status[task.id] = TaskStatus.IN_PROGRESS

    @rule(task=tasks)
    def complete(self, task: Task) -> None:
        expected = None
        if not self.is_open(task.id):
            expected = "TASK_CLOSED"
        elif any(self.is_open(one) for one in self.waits[task.id]):
            expected = "TASK_BLOCKED"
        assert self.code(lambda: self.plan.complete(task, NOW)) == expected
        if expected is None:
            self.status[task.id] = TaskStatus.DONE

    @rule(task=tasks)
    def cancel(self, task: Task) -> None:
        expected = None if self.is_open(task.id) else "TASK_CLOSED"
        assert self.code(lambda: self.plan.cancel(task)) == expected
        if expected is None:
            self.status[task.id] = TaskStatus.CANCELLED

    @rule(task=tasks)
    def reopen(self, task: Task) -> None:
        expected = None
        if self.is_open(task.id):
            expected = "TASK_OPEN"
        elif any(task.id in self.waits[one] and status is TaskStatus.DONE for one, status in self.status.items()):
            expected = "TASK_NEEDED"
        assert self.code(lambda: self.plan.reopen(task)) == expected
        if expected is None:
            self.status[task.id] = TaskStatus.IN_PROGRESS if task.progress else TaskStatus.PLANNED

    @invariant()
    def plan_and_model_agree(self) -> None:
        assert {task.id: task.status for task in self.plan.tasks} == self.status
        assert {task.id: task.prerequisites for task in self.plan.tasks} == self.waits
        assert all((task.completed_at is not None) == (task.status is TaskStatus.DONE) for task in self.plan.tasks)

    @invariant()
    def nothing_waits_for_itself(self) -> None:
        assert not any(self.leads_to(one, one) for one in self.waits)

    @invariant()
    def what_is_done_had_its_prerequisites_done_or_cancelled(self) -> None:
        done = [one for one, status in self.status.items() if status is TaskStatus.DONE]
        assert not any(self.is_open(before) for one in done for before in self.waits[one])

    def is_open(self, task_id: object) -> bool:
        return self.status[task_id] in (TaskStatus.PLANNED, TaskStatus.IN_PROGRESS)

    def leads_to(self, start: object, end: object) -> bool:
        return any(one == end or self.leads_to(one, end) for one in self.waits[start])

    def code(self, act: object) -> str | None:
        before = [(task.version, task.status, task.prerequisites, task.progress) for task in self.plan.tasks]
        try:
            act()  # type: ignore[operator]
        except Refused as refusal:
            assert before == [
                (task.version, task.status, task.prerequisites, task.progress) for task in self.plan.tasks
            ]
            return refusal.problems[0].code
        return None


TestPlanLife = PlanLife.TestCase
TestPlanLife.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)


def test_a_plan_has_its_bounds() -> None:
    plan = WorkPlan(a_task() for _ in range(MOST_TASKS))
    with pytest.raises(Refused) as refused:
        plan.add(a_task())
    assert code_of(refused) == "TOO_MANY_TASKS"


def test_tasks_of_other_plans_are_not_waited_for() -> None:
    plan = WorkPlan()
    with pytest.raises(Refused) as refused:
        plan.add(a_task(a_task()))
    assert code_of(refused) == "NOT_FOUND"


def test_a_stage_is_finished_when_something_is_done_and_nothing_is_open() -> None:
    plan = WorkPlan()
    first, second = plan.add(a_task(stage="proposal")), plan.add(a_task(stage="proposal"))
    plan.add(a_task())
    assert not plan.has_finished("proposal")
    plan.cancel(first)
    assert not plan.has_finished("proposal")
    plan.complete(second, NOW)
    assert plan.has_finished("proposal")
    assert not plan.has_finished("agreement")
    plan.reopen(second)
    plan.cancel(second)
    assert not plan.has_finished("proposal")
