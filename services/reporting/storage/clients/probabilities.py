"""The chances of deals at the stages of their processes."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from uuid import UUID

import sqlalchemy as sa

from services.reporting.storage.scope import among
from services.reporting.storage.tables import processes


def probabilities(connection: sa.Connection, process_ids: Collection[UUID]) -> dict[tuple[UUID, str], Fraction]:
    """Give the probability of each stage of some versions of processes, where it is known."""
    statement = sa.select(processes.c.id, processes.c.stages).where(among(connection, processes.c.id, process_ids))
    found = {}
    for process_id, stages in connection.execute(statement):
        for key, _, *probability in stages:
            if probability and probability[0] is not None:
                found[process_id, key] = Fraction(str(probability[0]))
    return found
