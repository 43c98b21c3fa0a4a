"""Where the texts of claims may name persons."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

import sqlalchemy as sa

from services.claims.storage.tables import answers, changes, claims, satisfaction_responses

AUDIT = changes
"""Holds its texts as JSON."""


def person_texts(
    partner_ids: Collection[UUID], claim_ids: Collection[UUID]
) -> Iterator[tuple[sa.Table, sa.ColumnElement[bool], tuple[str, ...]]]:
    """Give tables, which of their rows, and columns: all that is written about claims, and about all of partners."""
    which = sa.or_(claims.c.partner_id.in_(partner_ids), claims.c.id.in_(claim_ids))
    theirs = sa.select(claims.c.id).where(which)
    yield claims, which, ("subject", "description", "resolution")
    yield answers, answers.c.claim_id.in_(theirs), ("text",)
    said = satisfaction_responses
    yield said, sa.or_(said.c.partner_id.in_(partner_ids), said.c.claim_id.in_(theirs)), ("comment",)
    yield changes, changes.c.claim_id.in_(theirs), ("old", "new")
