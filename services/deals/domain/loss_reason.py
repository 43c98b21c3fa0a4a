"""Loss reasons: a managed list, in the order in which people choose from it; a retired one stays readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.errors import refuse


@dataclass(frozen=True, kw_only=True)
class LossReason:
    """Why deals are lost; `key` never changes, `retired_at` tells since when it is not given any more."""

    key: str
    name: str
    russian_name: str
    retired_at: datetime | None = None


LossReasonList = tuple[LossReason, ...]
"""All reasons, retired ones too, in their order."""


def added(reasons: LossReasonList, new: LossReason, place: int | None) -> LossReasonList:
    """Add a reason at a place, counted from 1, or as the last; raise Refused if its key is taken."""
    if any(reason.key == new.key for reason in reasons):
        raise refuse("KEY_TAKEN", f"{new.key!r} is in the list already; choose another key", "key")
    return _placed(reasons, new, place)


def changed(
    reasons: LossReasonList, key: str, *, name: str | None, russian_name: str | None, place: int | None
) -> LossReasonList:
    """Change the names of a reason, or its place; raise Refused if there is none of that key."""
    reason = find(reasons, key)
    new = replace(reason, name=name or reason.name, russian_name=russian_name or reason.russian_name)
    if place is None:
        return tuple(new if one is reason else one for one in reasons)
    return _placed(tuple(one for one in reasons if one is not reason), new, place)


def retired(reasons: LossReasonList, key: str, at: datetime) -> LossReasonList:
    """Retire a reason: no new loss takes it; raise Refused where it is retired, or the last one in use."""
    reason = find(reasons, key)
    if reason.retired_at is not None:
        raise refuse("REASON_RETIRED", f"{key!r} was retired on {reason.retired_at:%Y-%m-%d} already", "key")
    if sum(one.retired_at is None for one in reasons) == 1:
        raise refuse("LAST_REASON", "a loss needs a reason: add another one before this one retires", "key")
    return tuple(replace(one, retired_at=at) if one is reason else one for one in reasons)


def find(reasons: LossReasonList, key: str, field: str = "key") -> LossReason:
    """Find a reason by its key, also a retired one; raise Refused, with the keys there are, if there is none."""
    found = next((reason for reason in reasons if reason.key == key), None)
    if found is None:
        known = tuple(reason.key for reason in reasons if reason.retired_at is None)
        raise refuse(
            "UNKNOWN_REASON",
            f"{key[:50]!r} is not a loss reason; they are {', '.join(known)}",
            field,
            details=known,
        )
    return found


def require_in_use(reasons: LossReasonList, key: str) -> None:
    """Raise Refused unless a new loss may be put down to a reason."""
    if find(reasons, key, "reason").retired_at is not None:
        known = tuple(reason.key for reason in reasons if reason.retired_at is None)
        raise refuse(
            "REASON_RETIRED",
            f"{key!r} is not used for new losses any more; choose one of {', '.join(known)}",
            "reason",
            details=known,
        )


def _placed(others: Sequence[LossReason], new: LossReason, place: int | None) -> LossReasonList:
    at = len(others) if place is None else min(place - 1, len(others))
    return (*others[:at], new, *others[at:])
