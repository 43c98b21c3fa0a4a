"""Handing over: a manager's partners, with what is planned with them, go to another manager."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.kinds import HAND_OVER
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import optional_line

_REASON_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """What goes from a manager to another one, and how much of it has gone already."""

    id: UUID
    from_manager_id: UUID
    to_manager_id: UUID
    deals: bool
    plans: bool
    reason: str | None
    asked_by: str
    asked_at: datetime
    completed: bool = False
    partners: int = 0
    interactions: int = 0
    reminders: int = 0

    @classmethod
    def ask(
        cls,
        *,
        from_manager_id: UUID,
        to_manager_id: UUID,
        deals: bool,
        plans: bool,
        reason: str | None,
        by: str,
        now: datetime,
    ) -> HandOver:
        """Begin a hand-over; raise Refused with all that does not fit."""
        problems, why = Problems(), None
        with problems.under():
            if from_manager_id == to_manager_id:
                raise refuse("SAME_MANAGER", "these are this manager's already; name another one", "toManager")
        with problems.under():
            why = optional_line(reason, "reason", longest=_REASON_LENGTH)
        problems.settle()
        return cls(
            id=new_id(HAND_OVER), from_manager_id=from_manager_id, to_manager_id=to_manager_id, deals=deals,
            plans=plans, reason=why, asked_by=by, asked_at=now,
        )  # fmt: skip

    def went(self, *, partners: int, interactions: int, reminders: int) -> HandOver:
        """Count what has gone."""
        return replace(
            self,
            partners=self.partners + partners,
            interactions=self.interactions + interactions,
            reminders=self.reminders + reminders,
        )
