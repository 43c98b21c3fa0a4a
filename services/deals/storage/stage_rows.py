"""The way between a stage and the JSON that is kept of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.wire import Json
from services.deals.domain.guards import GuardUse
from services.deals.domain.process import Stage
from services.deals.domain.task_template import AssigneeRole, TaskTemplate


def stage_row(stage: Stage) -> Json:
    """Give a stage as it is kept."""
    return {
        "key": stage.key,
        "name": stage.name,
        "russian_name": stage.russian_name,
        "rank": stage.rank,
        "probability": stage.probability,
        "guards": [{"name": use.name, "parameters": dict(use.parameters)} for use in stage.guards],
        "allowed_dwell_days": stage.allowed_dwell_days,
        "plan": [_template_row(template) for template in stage.plan],
        "moves_on_when_done": stage.moves_on_when_done,
    }


def stage_of(row: Json) -> Stage:
    """Read a stage; one that was kept by an earlier program says less."""
    return Stage(
        key=row["key"],
        name=row["name"],
        russian_name=row["russian_name"],
        rank=row["rank"],
        probability=row["probability"],
        guards=tuple(map(_use, row["guards"])),
        allowed_dwell_days=row.get("allowed_dwell_days"),
        plan=tuple(map(_template, row.get("plan", ()))),
        moves_on_when_done=row.get("moves_on_when_done", False),
    )


def _use(row: str | dict[str, Any]) -> GuardUse:
    if isinstance(row, str):
        return GuardUse.of(row)
    parameters = {name: tuple(value) if isinstance(value, list) else value for name, value in row["parameters"].items()}
    return GuardUse.of(row["name"], parameters)


def _template_row(template: TaskTemplate) -> Json:
    return {
        "key": template.key,
        "title": template.title,
        "due_in_business_days": template.due_in_business_days,
        "assignee": str(template.assignee),
        "depends_on": list(template.depends_on),
    }


def _template(row: Json) -> TaskTemplate:
    given = row["assignee"]
    return TaskTemplate(
        key=row["key"],
        title=row["title"],
        due_in_business_days=row["due_in_business_days"],
        assignee=AssigneeRole(given) if given in AssigneeRole.__members__ else UUID(given),
        depends_on=tuple(row["depends_on"]),
    )
