"""When a fact happened: never in the future, never before the last fact of the same claim."""

from __future__ import annotations

from datetime import datetime

from chassis.errors import refuse


def placed(at: datetime | None, *, now: datetime, after: datetime | None = None) -> datetime:
    """Give the moment of a fact: `at`, or now; raise Refused where no fact can be placed."""
    if at is None:
        # a transaction that waited for the lock began before the fact that it waited for
        return now if after is None else max(now, after)
    if at > now:
        raise refuse("OCCURRED_IN_FUTURE", f"{at.isoformat()} has not come yet; a fact lies in the past", "occurredAt")
    if after is not None and at < after:
        raise refuse(
            "OCCURRED_BEFORE_LAST_FACT",
            f"{at.isoformat()} is before the claim's last fact, of {after.isoformat()}; facts are told in their order",
            "occurredAt",
        )
    return at
