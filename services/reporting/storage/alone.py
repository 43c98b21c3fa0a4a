"""One writer at a time."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.postgres import send_ahead

_LOCK = 0x7265_706F_7274  # "report"; any number that nothing else of this database locks
_ALONE = f"SELECT pg_advisory_xact_lock({_LOCK})"


def alone(connection: sa.Connection) -> None:
    """Wait until nobody else changes the projections, and keep others waiting until the transaction ends.

    A retried event may run beside the batches: neither would see what the other adds to a deal and to the counts.
    """
    if connection.dialect.name == "postgresql":
        send_ahead(connection, _ALONE)  # the next statement, which waits for it, sees what they wrote
