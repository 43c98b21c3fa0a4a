"""Proposals in the database: all of a deal are read at once, under the deal's lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.money import Money
from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.deal_proposals import DealProposals
from services.deals.domain.lines import Line
from services.deals.domain.offer import Offer, OfferedLine
from services.deals.domain.percent import parts_of, percent_of
from services.deals.domain.proposal import Proposal, ProposalVersion, Response, ResponseKind, VersionStatus
from services.deals.storage.audit import audited
from services.deals.storage.audited import PROPOSAL
from services.deals.storage.exchange_rates import StoredRates
from services.deals.storage.quantities import micro, quantity_of
from services.deals.storage.rows import amount_of
from services.deals.storage.tables import proposal_lines, proposal_responses, proposal_versions, proposals

_Stored = tuple[Offer, VersionStatus, Response | None]


class Proposals:
    """The proposals of deals that somebody holds, within one transaction."""

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self._tx = tx
        self._actor = actor
        self._as_read: dict[UUID, int] = {}
        self._versions_as_read: dict[UUID, _Stored] = {}

    def of_deal(self, deal: Deal) -> DealProposals:
        """Read the proposals of a deal that is held by its lock."""
        found = self._read(deal.id)
        for proposal in found:
            self._as_read[proposal.id] = proposal.version
            for version in proposal.versions:
                self._versions_as_read[version.id] = _stored(version)
        return DealProposals(deal=deal, zone=self._tx.enterprise.zone, rates=StoredRates(self._tx), proposals=found)

    def save(self, proposals_of_deal: DealProposals) -> None:
        """Write what has changed since the proposals were read."""
        changed = [one for one in proposals_of_deal.proposals if self._as_read.get(one.id) != one.version]
        with audited(self._tx, PROPOSAL, *(proposal.id for proposal in changed)):
            for proposal in changed:
                self._write(proposal)
                for version in proposal.versions:
                    self._write_version(proposal, version)

    def _read(self, deal_id: UUID) -> list[Proposal]:
        connection = self._tx.connection
        rows = connection.execute(
            sa.select(proposals).where(proposals.c.deal_id == deal_id).order_by(proposals.c.id)
        ).all()
        versions = versions_of(connection, [row.id for row in rows])
        version_ids = [row.id for of_one in versions.values() for row in of_one]
        offers = offers_of(connection, [row for of_one in versions.values() for row in of_one])
        responses = self._responses(version_ids)
        return [
            Proposal(
                id=row.id,
                deal_id=row.deal_id,
                number=row.number,
                version=row.version,
                dated_on=row.dated_on,
                versions=[
                    ProposalVersion(
                        id=version.id,
                        number=version.number,
                        offer=offers[version.id],
                        status=VersionStatus(version.status),
                        sent_at=version.sent_at,
                        response=responses.get(version.id),
                    )
                    for version in versions[row.id]
                ],
            )
            for row in rows
        ]

    def _responses(self, version_ids: Sequence[UUID]) -> dict[UUID, Response]:
        r = proposal_responses.c
        effective = sa.select(proposal_responses).where(r.version_id.in_(version_ids), r.replaced_at.is_(None))
        base_currency = self._tx.enterprise.base_currency
        return {row.version_id: _response(row, base_currency) for row in self._tx.connection.execute(effective)}

    def _write(self, proposal: Proposal) -> None:
        row = {"version": proposal.version, "dated_on": proposal.dated_on}
        if proposal.id in self._as_read:
            self._tx.connection.execute(proposals.update().where(proposals.c.id == proposal.id), row)
        else:
            made = {"id": proposal.id, "deal_id": proposal.deal_id, "number": proposal.number, **self._recorded()}
            self._tx.connection.execute(proposals.insert(), row | made)
        self._as_read[proposal.id] = proposal.version

    def _write_version(self, proposal: Proposal, version: ProposalVersion) -> None:
        connection = self._tx.connection
        before, after = self._versions_as_read.get(version.id), _stored(version)
        if before == after:
            return
        self._versions_as_read[version.id] = after
        row = {
            "status": version.status.value,
            "valid_until": version.offer.valid_until,
            "note": version.offer.note,
            "sent_at": version.sent_at,
        }
        if before is None:
            made = {"id": version.id, "proposal_id": proposal.id, "number": version.number}
            connection.execute(proposal_versions.insert(), row | made | {"recorded_at": self._tx.now})
        else:
            connection.execute(proposal_versions.update().where(proposal_versions.c.id == version.id), row)
        if before is None or before[0].lines != version.offer.lines:
            connection.execute(proposal_lines.delete().where(proposal_lines.c.version_id == version.id))
            connection.execute(proposal_lines.insert(), _line_rows(version))
        if (before[2] if before else None) != version.response:
            self._replace_response(version)

    def _replace_response(self, version: ProposalVersion) -> None:
        r = proposal_responses.c
        standing = sa.and_(r.version_id == version.id, r.replaced_at.is_(None))
        self._tx.connection.execute(proposal_responses.update().where(standing), {"replaced_at": self._tx.now})
        if version.response is not None:
            row = _response_row(version.id, version.response) | self._recorded()
            self._tx.connection.execute(proposal_responses.insert(), row)

    def _recorded(self) -> dict[str, Any]:
        return {"recorded_at": self._tx.now, "recorded_by": self._actor.subject[:200]}


def versions_of(connection: sa.Connection, proposal_ids: Sequence[UUID]) -> dict[UUID, list[sa.Row[Any]]]:
    """Read the versions of proposals in the order of their numbers, as rows by proposal."""
    v = proposal_versions.c
    select = sa.select(proposal_versions).where(v.proposal_id.in_(proposal_ids)).order_by(v.proposal_id, v.number)
    found: dict[UUID, list[sa.Row[Any]]] = defaultdict(list)
    for row in connection.execute(select):
        found[row.proposal_id].append(row)
    return found


def offers_of(connection: sa.Connection, versions: Sequence[sa.Row[Any]]) -> dict[UUID, Offer]:
    """Read what versions offer, by the id of the version."""
    line = proposal_lines.c
    ids = [version.id for version in versions]
    select = sa.select(proposal_lines).where(line.version_id.in_(ids)).order_by(line.version_id, line.place)
    lines: dict[UUID, list[OfferedLine]] = defaultdict(list)
    for row in connection.execute(select):
        lines[row.version_id].append(_line(row))
    return {
        version.id: Offer(lines=tuple(lines[version.id]), valid_until=version.valid_until, note=version.note)
        for version in versions
    }


def _stored(version: ProposalVersion) -> _Stored:
    return version.offer, version.status, version.response


def _line(row: sa.Row[Any]) -> OfferedLine:
    line = Line(
        product=row.product,
        quantity=quantity_of(row.quantity),
        price=Money(minor=row.price_minor, currency=row.currency),
        discount_percent=None if row.discount_ppm is None else percent_of(row.discount_ppm),
        tax_percent=None if row.tax_ppm is None else percent_of(row.tax_ppm),
        tax_included=row.tax_included,
    )
    return OfferedLine(line=line, alternative=row.alternative)


def _line_rows(version: ProposalVersion) -> list[dict[str, Any]]:
    return [
        {
            "version_id": version.id,
            "place": place,
            "alternative": offered.alternative,
            "product": offered.line.product,
            "quantity": micro(offered.line.quantity),
            "price_minor": offered.line.price.minor,
            "currency": offered.line.price.currency,
            "discount_ppm": None if (one := offered.line.discount_percent) is None else parts_of(one),
            "tax_ppm": None if (one := offered.line.tax_percent) is None else parts_of(one),
            "tax_included": offered.line.tax_included,
        }
        for place, offered in enumerate(version.offer.lines, start=1)
    ]


def _response(row: sa.Row[Any], base_currency: str) -> Response:
    return Response(
        id=row.id,
        kind=ResponseKind(row.kind),
        occurred_at=row.occurred_at,
        reason=row.reason,
        competitor_id=row.competitor_id,
        deferred_until=row.deferred_until,
        comment=row.comment,
        alternative=row.alternative,
        amount=amount_of(row.amount_minor, row.currency, row.base_minor, base_currency),
    )


def _response_row(version_id: UUID, response: Response) -> dict[str, Any]:
    amount = response.amount
    return {
        "id": response.id,
        "version_id": version_id,
        "kind": response.kind.value,
        "reason": response.reason,
        "competitor_id": response.competitor_id,
        "deferred_until": response.deferred_until,
        "comment": response.comment,
        "alternative": response.alternative,
        "amount_minor": amount.money.minor if amount else None,
        "currency": amount.money.currency if amount else None,
        "base_minor": amount.base.minor if amount and amount.base else None,
        "occurred_at": response.occurred_at,
    }
