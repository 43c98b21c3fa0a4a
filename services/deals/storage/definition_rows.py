"""The way between a definition and its columns, the same of versions and of drafts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.deals.domain.definition import Definition
from services.deals.domain.process import ControlMode, WonBy
from services.deals.storage.stage_rows import stage_of, stage_row


def definition_row(definition: Definition) -> dict[str, Any]:
    """Give the columns of a definition."""
    return {
        "key": definition.key,
        "name": definition.name,
        "russian_name": definition.russian_name,
        "control": definition.control.value,
        "won_by": definition.won_by.value,
        "stages": [stage_row(stage) for stage in definition.stages],
    }


def definition_of(row: sa.Row[Any]) -> Definition:
    """Make the definition that the columns of a row hold."""
    return Definition(
        key=row.key,
        name=row.name,
        russian_name=row.russian_name,
        control=ControlMode(row.control),
        won_by=WonBy(row.won_by),
        stages=tuple(map(stage_of, row.stages)),
    )
