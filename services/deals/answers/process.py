"""Sales processes, as they are answered."""

from __future__ import annotations

from chassis.wire import Json
from services.deals.domain.guards import CATALOGUE, GuardUse
from services.deals.domain.guards.parameters import as_text
from services.deals.domain.process import Process, Stage
from services.deals.domain.task_template import AssigneeRole, TaskTemplate


def process_json(process: Process) -> Json:
    """Give a version of a sales process."""
    return {
        "id": process.id,
        "key": process.key,
        "name": process.name,
        "russian_name": process.russian_name,
        "version": process.version,
        "control": process.control,
        "won_by": process.won_by,
        "stages": [stage_json(stage) for stage in process.stages],
    }


def stage_json(stage: Stage) -> Json:
    """Give a stage of a published process, or of a draft."""
    return {
        "key": stage.key,
        "name": stage.name,
        "russian_name": stage.russian_name,
        "rank": stage.rank,
        "probability": stage.probability,
        "guards": [use.name for use in stage.guards],
        "guard_uses": [_use_json(use) for use in stage.guards],
        "allowed_dwell_days": stage.allowed_dwell_days,
        "plan": [_template_json(template) for template in stage.plan],
        "moves_on_when_done": stage.moves_on_when_done,
    }


def _use_json(use: GuardUse) -> Json:
    guard = CATALOGUE.get(use.name)  # a draft may name one that there is not
    return {
        "name": use.name,
        "parameters": [{"name": name, "value": as_text(value)} for name, value in use.parameters],
        "description": guard.description if guard else None,
    }


def _template_json(template: TaskTemplate) -> Json:
    by_role = isinstance(template.assignee, AssigneeRole)
    return {
        "key": template.key,
        "title": template.title,
        "assignee_role": template.assignee if by_role else None,
        "assignee_id": None if by_role else template.assignee,
        "due_in_business_days": template.due_in_business_days,
        "depends_on": list(template.depends_on),
    }
