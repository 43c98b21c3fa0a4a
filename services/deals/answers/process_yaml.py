"""Definitions of sales processes as YAML, for people to keep, compare and send on."""

from __future__ import annotations

from typing import Any

import yaml

from services.deals.domain.definition import Definition
from services.deals.domain.guards import GuardUse
from services.deals.domain.process import Stage
from services.deals.domain.task_template import AssigneeRole, TaskTemplate


class _Dumper(yaml.SafeDumper):
    """Writes everything out: what is read again may hold no references."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def definition_yaml(definition: Definition) -> str:
    """Write a definition; commands/process_yaml.py reads it to the same again."""
    written = {
        "key": definition.key,
        "name": definition.name,
        "russian_name": definition.russian_name,
        "control": definition.control.value,
        "won_by": definition.won_by.value,
        "stages": [_stage(stage) for stage in definition.stages],
    }
    text: str = yaml.dump(written, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    return text


def _stage(stage: Stage) -> dict[str, Any]:
    written = {
        "key": stage.key,
        "name": stage.name,
        "russian_name": stage.russian_name,
        "rank": stage.rank,
        "probability": stage.probability,
        "allowed_dwell_days": stage.allowed_dwell_days,
        "guards": [_use(use) for use in stage.guards],
        "plan": [_template(template) for template in stage.plan],
        "moves_on_when_done": stage.moves_on_when_done,
    }
    # a rank of 0, in a draft, is no False
    return {name: value for name, value in written.items() if not (value is None or value is False or value == [])}


def _use(use: GuardUse) -> str | dict[str, Any]:
    if not use.parameters:
        return use.name
    parameters = {name: list(value) if isinstance(value, tuple) else value for name, value in use.parameters}
    return {"name": use.name, "parameters": parameters}


def _template(template: TaskTemplate) -> dict[str, Any]:
    by_role = isinstance(template.assignee, AssigneeRole)
    written = {
        "key": template.key,
        "title": template.title,
        "assignee_role" if by_role else "assignee_id": str(template.assignee),
        "due_in_business_days": template.due_in_business_days,
        "depends_on": list(template.depends_on),
    }
    return {name: value for name, value in written.items() if value != []}
