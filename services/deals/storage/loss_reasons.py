"""The managed list of loss reasons."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.errors import refuse
from services.deals.storage.tables import loss_reasons


def known_reasons(connection: sa.Connection) -> tuple[str, ...]:
    """Give the keys of the list, in its order."""
    return tuple(connection.execute(sa.select(loss_reasons.c.key).order_by(loss_reasons.c.place)).scalars())


def require_reason(key: str, known: tuple[str, ...]) -> None:
    """Raise Refused unless a key is in the list."""
    if key not in known:
        raise refuse(
            "UNKNOWN_REASON",
            f"{key[:50]!r} is not a loss reason; they are {', '.join(known)}",
            "reason",
            details=known,
        )
