"""What a stage's plan says of a task; a deal that enters the stage gets the task."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class AssigneeRole(StrEnum):
    """Who, as seen from the deal, a task is for."""

    OWNER = "OWNER"
    """The deal's manager."""
    TEAM_HEAD = "TEAM_HEAD"
    """The head of the team of the deal's manager."""


@dataclass(frozen=True, kw_only=True)
class TaskTemplate:
    """A task of a plan; it is due so many business days after the deal entered the stage (0: on that day).

    `assignee` is a role or the id of a manager; `depends_on` names tasks of the same plan that are to be done before.
    """

    key: str
    title: str
    due_in_business_days: int
    assignee: AssigneeRole | UUID = AssigneeRole.OWNER
    depends_on: tuple[str, ...] = ()
