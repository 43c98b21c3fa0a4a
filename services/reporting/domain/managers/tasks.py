"""What tasks count for by the deals that they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from services.reporting.domain.deals.history import Outcome, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class DealOfTasks:
    """A deal that counts: the process in which its tasks are, empty for none, and whether what is open of them is to be done."""

    process_key: str
    in_progress: bool


NO_DEAL = DealOfTasks(process_key="", in_progress=True)
"""Of tasks that belong to no deal."""

UNKNOWN = DealOfTasks(process_key="", in_progress=False)
"""Of tasks whose deal has not been heard of: what was done counts."""


def deal_of_tasks(standing: Standing | None) -> DealOfTasks | None:
    """Tell what a deal is to its tasks, UNKNOWN without a standing; None where it is voided or merged, so that they count for nothing."""
    if standing is None:
        return UNKNOWN
    if not standing.counted:
        return None
    return DealOfTasks(process_key=standing.process_key, in_progress=standing.outcome is Outcome.IN_PROGRESS)
