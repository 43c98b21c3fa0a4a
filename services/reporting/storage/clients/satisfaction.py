"""What clients were asked and answered, as known of a moment."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.clients.satisfaction import Answer, Request
from services.reporting.domain.satisfaction import Scale
from services.reporting.storage.scope import Moment
from services.reporting.storage.tables import satisfaction_facts, satisfaction_requests


def asked_and_answered(
    connection: sa.Connection, partner_ids: Collection[UUID], moment: Moment
) -> tuple[list[Request], list[Answer]]:
    """Give the requests to partners, and their answers."""
    asked = satisfaction_requests.c
    statement = sa.select(asked.request_id, asked.occurred_at).where(
        asked.partner_id.in_(partner_ids), *moment.until(satisfaction_requests)
    )
    requests = [Request(id=row.request_id, at=row.occurred_at) for row in connection.execute(statement)]
    told = sa.select(satisfaction_facts).where(
        satisfaction_facts.c.partner_id.in_(partner_ids), *moment.until(satisfaction_facts)
    )
    answers = [
        Answer(
            id=row.response_id, about_id=row.about_id, respondent_id=row.respondent_id, scale=Scale(row.scale),
            score=row.score, at=row.occurred_at, request_id=row.request_id,
        )
        for row in connection.execute(told)
    ]  # fmt: skip
    return requests, answers
