"""Where the texts of deals may name persons."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

import sqlalchemy as sa

from services.deals.storage.tables import (
    approvals,
    changes,
    deals,
    files,
    next_steps,
    obligations,
    proposal_responses,
    proposal_versions,
    proposals,
    sale_terms,
    tasks,
    transitions,
)

AUDIT = changes
"""Holds its texts as JSON."""

_OF_DEALS = {
    approvals: ("note", "decision_note"),
    files: ("name", "location"),
    next_steps: ("subject",),
    obligations: ("note",),
    tasks: ("title", "description"),
    transitions: ("reason",),
}
"""The columns of text of what belongs to a deal."""


def person_texts(
    partner_ids: Collection[UUID], deal_ids: Collection[UUID]
) -> Iterator[tuple[sa.Table, sa.ColumnElement[bool], tuple[str, ...]]]:
    """Give tables, which of their rows, and columns: all that is written about deals, and about all deals of partners."""
    which = sa.or_(deals.c.partner_id.in_(partner_ids), deals.c.id.in_(deal_ids))
    theirs = sa.select(deals.c.id).where(which)
    yield deals, which, ("title",)
    for table, names in _OF_DEALS.items():
        yield table, table.c.deal_id.in_(theirs), names
    versions = proposal_versions.c.proposal_id.in_(sa.select(proposals.c.id).where(proposals.c.deal_id.in_(theirs)))
    yield proposal_versions, versions, ("note",)
    sent = sa.select(proposal_versions.c.id).where(versions)
    yield proposal_responses, proposal_responses.c.version_id.in_(sent), ("comment",)
    terms = sa.or_(sale_terms.c.partner_id.in_(partner_ids), sale_terms.c.deal_id.in_(theirs))
    yield sale_terms, terms, ("name",)
    subjects = (theirs, sa.select(sale_terms.c.id).where(terms))
    told = sa.or_(changes.c.deal_id.in_(theirs), *(changes.c.subject_id.in_(ids) for ids in subjects))
    yield changes, told, ("old", "new")
