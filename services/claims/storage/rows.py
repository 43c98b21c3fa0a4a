"""A claim as a row, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from chassis.business_calendar import BusinessCalendar
from services.claims.domain.claim import Cause, Claim, ClaimStatus, RootCause
from services.claims.domain.clock import Pause, PauseKind
from services.claims.domain.escalation import Escalation, EscalationReason

_DERIVED = ("first_response_due_at", "first_response_seconds", "resolution_due_at", "resolution_seconds")
_SECOND = timedelta(seconds=1)


def row_of(claim: Claim, calendar: BusinessCalendar) -> dict[str, Any]:
    """Give the row of a claim, with its clocks as they stand at its last fact, by the calendar of today."""
    return {
        **asdict(claim),
        "products": list(claim.products),
        "first_response_target": _seconds(claim.first_response_target),
        "resolution_target": _seconds(claim.resolution_target),
        "pauses": [[pause.kind, _text(pause.began_at), _text(pause.ended_at)] for pause in claim.pauses],
        "escalations": [[one.reason, _seconds(one.target)] for one in claim.escalations],
        "first_response_due_at": claim.first_response_due_at(calendar),
        "first_response_seconds": _seconds(claim.first_response_time(calendar)),
        "resolution_due_at": claim.resolution_due_at(calendar),
        "resolution_seconds": _seconds(claim.resolution_time(calendar)),
    }


def claim_of(row: sa.Row[Any]) -> Claim:
    """Read a claim from its row."""
    said = {name: value for name, value in row._asdict().items() if name not in _DERIVED}
    return Claim(
        **{
            **said,
            "cause": Cause(row.cause),
            "root_cause": RootCause(row.root_cause) if row.root_cause else None,
            "status": ClaimStatus(row.status),
            "products": tuple(row.products),
            "first_response_target": _time(row.first_response_target),
            "resolution_target": _time(row.resolution_target),
            "pauses": tuple(_pause(*one) for one in row.pauses),
            "escalations": tuple(
                Escalation(reason=EscalationReason(reason), target=_time(target)) for reason, target in row.escalations
            ),
        }
    )


def _pause(kind: str, began_at: str, ended_at: str | None) -> Pause:
    ended = None if ended_at is None else datetime.fromisoformat(ended_at)
    return Pause(kind=PauseKind(kind), began_at=datetime.fromisoformat(began_at), ended_at=ended)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _seconds(time: timedelta | None) -> int | None:
    return None if time is None else time // _SECOND


def _time(seconds: int | None) -> timedelta | None:
    return None if seconds is None else seconds * _SECOND
