"""The facts that guards look at, read from the database when a guard asks: once for all deals that are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from uuid import UUID

import sqlalchemy as sa

from chassis.clock import day_of
from chassis.store.database import Reading, Transaction
from services.deals.domain.approval import ApprovalStatus
from services.deals.domain.customer_order import BINDING
from services.deals.domain.deal import Deal
from services.deals.domain.proposal import ResponseKind
from services.deals.storage.tables import (
    approvals,
    claims,
    customer_order_lines,
    customer_orders,
    payments,
    proposal_responses,
    proposal_versions,
    proposals,
    tasks,
)
from services.deals.storage.tasks import OPEN
from services.deals.storage.terms import terms_of_deals

_ATTRIBUTES = {"partner": "partner_id", "manager": "manager_id"}


class KnownOfDeals:
    """What is known about several deals at a moment: each property answers for all of them with one statement."""

    def __init__(self, source: Transaction | Reading, deals: Sequence[Deal], at: datetime) -> None:
        self._connection = source.connection
        self._day = day_of(at, source.enterprise.zone)
        self._ids = [deal.id for deal in deals]
        self._stages = {deal.id: deal.stage.key if deal.stage else None for deal in deals}
        self._partners = {deal.id: deal.partner_id for deal in deals}

    @cached_property
    def with_effective_terms(self) -> frozenset[UUID]:
        """The deals for whose client, or for which, terms are in force on the day."""
        return frozenset(terms_of_deals(self._connection, self._partners, self._day))

    @cached_property
    def with_confirmed_order(self) -> frozenset[UUID]:
        """The deals that have a customer order which is agreed on."""
        o = customer_orders.c
        where = sa.and_(o.deal_id.in_(self._ids), o.status.in_(BINDING))
        return frozenset(self._connection.execute(sa.select(o.deal_id).where(where)).scalars())

    @cached_property
    def with_shortage(self) -> frozenset[UUID]:
        """The deals of whose confirmed orders something is neither in stock nor on its way."""
        o, line = customer_orders.c, customer_order_lines.c
        ordered = sa.and_(o.deal_id.in_(self._ids), o.status.in_(BINDING))
        short = sa.and_(line.quantity > line.in_stock + line.procured, line.quantity > line.shipped)
        lines = customer_orders.join(customer_order_lines, o.id == line.order_id)
        return frozenset(
            self._connection.execute(sa.select(o.deal_id).select_from(lines).where(ordered, short)).scalars()
        )

    @cached_property
    def ordered(self) -> dict[UUID, dict[str, int]]:
        """What the confirmed orders of each deal come to, in minor units by currency."""
        o = customer_orders.c
        where = sa.and_(o.deal_id.in_(self._ids), o.status.in_(BINDING))
        return self._sums(o.deal_id, o.currency, o.gross_minor, where)

    @cached_property
    def paid(self) -> dict[UUID, dict[str, int]]:
        """What came of payments that stand in each deal, in minor units by currency."""
        p = payments.c
        where = sa.and_(p.deal_id.in_(self._ids), p.reversed_on.is_(None))
        return self._sums(p.deal_id, p.currency, p.amount_minor, where)

    def _sums(
        self, deal_id: sa.Column[UUID], currency: sa.Column[str], minor: sa.Column[int], where: sa.ColumnElement[bool]
    ) -> dict[UUID, dict[str, int]]:
        select = sa.select(deal_id, currency, sa.func.sum(minor)).where(where).group_by(deal_id, currency)
        found: dict[UUID, dict[str, int]] = {}
        for of_deal, code, total in self._connection.execute(select):
            found.setdefault(of_deal, {})[code] = int(total)
        return found

    @cached_property
    def with_sent_proposal(self) -> frozenset[UUID]:
        """The deals of which the client has been sent a proposal."""
        return self._with_version(proposal_versions.c.sent_at.is_not(None))

    @cached_property
    def with_accepted_proposal(self) -> frozenset[UUID]:
        """The deals of which the client has accepted a proposal, and that counts still."""
        r = proposal_responses.c
        accepted = sa.exists().where(
            r.version_id == proposal_versions.c.id, r.kind == ResponseKind.ACCEPTED.value, r.replaced_at.is_(None)
        )
        return self._with_version(accepted)

    @cached_property
    def approved(self) -> frozenset[tuple[UUID, UUID, str]]:
        """Which deals may enter which stages of which versions, as the head of sales has decided."""
        a = approvals.c
        where = sa.and_(a.deal_id.in_(self._ids), a.status == ApprovalStatus.APPROVED.value)
        rows = self._connection.execute(sa.select(a.deal_id, a.process_id, a.stage).where(where))
        return frozenset((row.deal_id, row.process_id, row.stage) for row in rows)

    @cached_property
    def with_open_critical_claim(self) -> frozenset[UUID]:
        """The deals about which a critical claim is not resolved."""
        c = claims.c
        open_ones = sa.and_(c.deal_id.in_(self._ids), c.severity == "CRITICAL", c.resolved.is_(False))
        return frozenset(self._connection.execute(sa.select(c.deal_id).where(open_ones)).scalars())

    @cached_property
    def with_open_stage_tasks(self) -> frozenset[UUID]:
        """The deals that have open tasks of the stage at which they stand."""
        t = tasks.c
        where = sa.and_(t.deal_id.in_(self._ids), t.status.in_(OPEN))
        found = self._connection.execute(sa.select(t.deal_id, t.stage).where(where).distinct())
        return frozenset(
            row.deal_id for row in found if row.stage is not None and row.stage == self._stages[row.deal_id]
        )

    def _with_version(self, condition: sa.ColumnElement[bool]) -> frozenset[UUID]:
        """Give the deals of which some version of a proposal meets a condition."""
        p = proposals.c
        versions = sa.select(p.deal_id).join(proposal_versions, proposal_versions.c.proposal_id == p.id)
        return frozenset(
            self._connection.execute(versions.where(p.deal_id.in_(self._ids), condition).distinct()).scalars()
        )


class DealFacts:
    """What is known about a deal that asks to enter a stage."""

    def __init__(self, known: KnownOfDeals, deal: Deal, entering: str) -> None:
        self._known = known
        self._deal = deal
        self.entering = entering

    @classmethod
    def of(cls, tx: Transaction, deal: Deal, entering: str, at: datetime) -> DealFacts:
        """Look at one deal alone."""
        return cls(KnownOfDeals(tx, [deal], at), deal, entering)

    @property
    def partner_id(self) -> UUID | None:
        """The partner of the deal."""
        return self._deal.partner_id

    def has_effective_terms(self) -> bool:
        """Tell whether terms of the whole client, or of this deal, are in force on the day."""
        return self._deal.id in self._known.with_effective_terms

    def has_confirmed_order(self) -> bool:
        """Tell whether a customer order of the deal is confirmed."""
        return self._deal.id in self._known.with_confirmed_order

    def has_received(self, percent: int) -> bool:
        """Tell whether so much of what the deal's confirmed orders come to is paid, in each of their currencies."""
        ordered, paid = self._known.ordered.get(self._deal.id, {}), self._known.paid.get(self._deal.id, {})
        return bool(ordered) and all(
            100 * paid.get(currency, 0) >= percent * total for currency, total in ordered.items()
        )

    def has_shortage(self) -> bool:
        """Tell whether something that is ordered is neither in stock nor on its way."""
        return self._deal.id in self._known.with_shortage

    def is_shipped(self) -> bool:
        """Tell whether all that was ordered is with the client."""
        return self._deal.shipped

    def has_sent_proposal(self) -> bool:
        """Tell whether the client has been sent a proposal."""
        return self._deal.id in self._known.with_sent_proposal

    def has_accepted_proposal(self) -> bool:
        """Tell whether the client has accepted a proposal."""
        return self._deal.id in self._known.with_accepted_proposal

    def is_filled(self, field: str) -> bool:
        """Tell whether a field of the deal has a value."""
        return getattr(self._deal, _ATTRIBUTES.get(field, field)) not in (None, ())

    def is_approved(self) -> bool:
        """Tell whether the head of sales has approved that the deal enters the stage."""
        return (self._deal.id, self._deal.process.id, self.entering) in self._known.approved

    def has_open_critical_claim(self) -> bool:
        """Tell whether a critical claim about the deal is not resolved, as far as deals has heard."""
        return self._deal.id in self._known.with_open_critical_claim

    def has_open_stage_tasks(self) -> bool:
        """Tell whether a task of the stage at which the deal stands is neither done nor cancelled."""
        return self._deal.id in self._known.with_open_stage_tasks
