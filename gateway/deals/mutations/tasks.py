"""addTask, changeTask, completeTask, cancelTask, reopenTask."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Problem
from chassis.wire import Json
from gateway.commands import mutation, whole
from gateway.deals.types import Deal, Task, TaskPriority, TaskStatus
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.references import reference, references
from gateway.shapes.problems import Payload, UserError, user_error
from gateway.shapes.scalars import Date, DateTime


class AddTaskInput(graphene.InputObjectType):
    """What is to be done for a deal; due on a day or at a moment. Without an assignee it is the deal's manager."""

    deal = reference(Kind.DEAL, required=True)
    title = graphene.String(required=True)
    description = graphene.String()
    assignee = reference(Kind.MANAGER)
    due_on = Date()
    due_at = DateTime()
    priority = TaskPriority()
    prerequisites = references(Kind.TASK, description="tasks of the deal that are to be done before")
    stage = graphene.String(description="the key of the stage whose work it is; it is finished with all its tasks")
    idempotency_key = graphene.String()


class ChangeTaskInput(graphene.InputObjectType):
    """What is left out stays as it is; null takes off. A task that makes progress is in progress."""

    task = reference(Kind.TASK, required=True)
    expected_version = graphene.Int()
    title = graphene.String()
    description = graphene.String()
    assignee = reference(Kind.MANAGER)
    due_on = Date()
    due_at = DateTime()
    priority = TaskPriority()
    prerequisites = references(Kind.TASK)
    status = TaskStatus(description="PLANNED or IN_PROGRESS; completeTask and cancelTask say the others")
    progress = graphene.Int(description="percent, 0 to 100")
    idempotency_key = graphene.String()


class CompleteTaskInput(graphene.InputObjectType):
    """A task that is done."""

    task = reference(Kind.TASK, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class CancelTaskInput(graphene.InputObjectType):
    """A task that is not to be done."""

    task = reference(Kind.TASK, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ReopenTaskInput(graphene.InputObjectType):
    """A done or cancelled task that is to be open again."""

    task = reference(Kind.TASK, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class AddTaskPayload(Payload):
    """The task, or what to put right."""

    task = graphene.Field(Task)


class ChangeTaskPayload(Payload):
    """The task as it is now, or what to put right: TASK_CLOSED, DEPENDENCY_CYCLE, DUE_IN_PAST."""

    task = graphene.Field(Task)


class ReopenTaskPayload(Payload):
    """The task as it is now, or what to put right: TASK_OPEN, TASK_NEEDED."""

    task = graphene.Field(Task)


class _FinishPayload(Payload):
    class Meta:
        abstract = True

    task = graphene.Field(Task)
    deal = graphene.Field(Deal, description="null where the task is the caller's, and the deal is not")
    moved_to = graphene.String(description="the stage to which the deal moved, as this was the last task of its stage")
    missing = graphene.List(
        graphene.NonNull(UserError), description="why the deal, whose stage is finished, could not move on by itself"
    )

    def resolve_deal(payload: Json, info: GraphQLResolveInfo) -> Deferred | None:
        task = payload.get("task")
        return info.context.loaders.deals.load(task["deal_id"]) if task else None


class CompleteTaskPayload(_FinishPayload):
    """The task and what follows, or what to put right: TASK_BLOCKED (details: what is to be done before), TASK_CLOSED."""


class CancelTaskPayload(_FinishPayload):
    """The task and what follows, or what to put right: TASK_CLOSED."""


def _finished(answer: Json) -> Json:
    return {**answer, "missing": [user_error(Problem.from_json(problem)) for problem in answer["missing"]]}


add_task = mutation(
    "deals",
    "add_task",
    takes=AddTaskInput,
    gives=AddTaskPayload,
    read=whole("task"),
    description="Add a task to a deal, of whatever process.",
)
change_task = mutation(
    "deals",
    "change_task",
    takes=ChangeTaskInput,
    gives=ChangeTaskPayload,
    read=whole("task"),
    nulls=True,
    description="Change an open task.",
)
complete_task = mutation(
    "deals",
    "complete_task",
    takes=CompleteTaskInput,
    gives=CompleteTaskPayload,
    read=_finished,
    description="Say that a task is done; the last one of a stage moves the deal on where its process says so.",
)
cancel_task = mutation(
    "deals",
    "cancel_task",
    takes=CancelTaskInput,
    gives=CancelTaskPayload,
    read=_finished,
    description="Say that a task is not to be done; what waits for it waits no longer.",
)
reopen_task = mutation(
    "deals",
    "reopen_task",
    takes=ReopenTaskInput,
    gives=ReopenTaskPayload,
    read=whole("task"),
    description="Open a done or cancelled task again.",
)
