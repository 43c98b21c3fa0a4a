"""How a deal may stand apart from its stage and outcome: on hold, or merged into another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.errors import Refused, refuse


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Since when a deal waits, and until when; None is until someone resumes it."""

    since: datetime
    until: datetime | None = None


def merged_refusal(survivor_id: UUID) -> Refused:
    """Make the refusal of a command to a merged deal; `details` name the deal to send it to."""
    return refuse(
        "DEAL_MERGED",
        f"the deal is merged into {survivor_id}; ask for that one, or undo the merge",
        "deal",
        details=(str(survivor_id),),
    )
