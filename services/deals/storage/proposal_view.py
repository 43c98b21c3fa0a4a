"""Proposals as they are shown: whole, with a few statements for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.clock import day_of
from chassis.store.database import Reading, Transaction
from chassis.wire import Json
from services.deals.answers.proposal import proposal_json, proposal_version_json
from services.deals.storage.proposals import offers_of, versions_of
from services.deals.storage.tables import proposal_responses, proposals
from services.deals.storage.valuing import valued


def proposals_shown(source: Reading | Transaction, *where: sa.ColumnElement[bool]) -> list[Json]:
    """Read the proposals that fit, in the order in which they were begun."""
    connection, base_currency = source.connection, source.enterprise.base_currency
    rows = connection.execute(sa.select(proposals).where(*where).order_by(proposals.c.id)).all()
    versions = versions_of(connection, [row.id for row in rows])
    all_versions = [version for of_one in versions.values() for version in of_one]
    offers = offers_of(connection, all_versions)
    responses = _responses_to(connection, [version.id for version in all_versions])
    shown = [
        proposal_json(
            row,
            [
                proposal_version_json(version, offers[version.id], responses[version.id], base_currency)
                for version in versions[row.id]
            ],
        )
        for row in rows
    ]
    today = day_of(source.now, source.enterprise.zone)
    sent = [version for proposal in shown for version in proposal["versions"]]
    valued(source, sent, lambda one: day_of(one["sent_at"], source.enterprise.zone) if one["sent_at"] else today)
    return shown


def proposal_shown(source: Reading | Transaction, proposal_id: UUID) -> Json:
    """Read one proposal that is there."""
    (shown,) = proposals_shown(source, proposals.c.id == proposal_id)
    return shown


def _responses_to(connection: sa.Connection, version_ids: Sequence[UUID]) -> dict[UUID, list[sa.Row[Any]]]:
    r = proposal_responses.c
    select = sa.select(proposal_responses).where(r.version_id.in_(version_ids)).order_by(r.recorded_at, r.id)
    found: dict[UUID, list[sa.Row[Any]]] = defaultdict(list)
    for row in connection.execute(select):
        found[row.version_id].append(row)
    return found
