"""Sale terms in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.money import Money
from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.payment_schedule import Basis, Instalment
from services.deals.domain.percent import parts_of, percent_of
from services.deals.domain.sale_terms import DeliveryTerms, SaleTerms, TermsContent, most_specific
from services.deals.storage.audit import audited
from services.deals.storage.audited import SALE_TERMS
from services.deals.storage.merged_partners import families
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals, partners, sale_terms, segment_members


def add_terms(tx: Transaction, terms: SaleTerms) -> None:
    """Store new terms."""
    with audited(tx, SALE_TERMS, terms.id):
        tx.connection.execute(sale_terms.insert(), {**_row(terms), "recorded_at": tx.now})


def hold_terms(
    tx: Transaction, actor: Actor, terms_id: UUID, field: str, *, expected_version: int | None = None
) -> SaleTerms:
    """Read terms and hold them until the transaction ends; raise Refused with NOT_FOUND or CONFLICT."""
    where = sa.and_(sale_terms.c.id == terms_id, visible_to(actor))
    row = tx.connection.execute(sa.select(sale_terms).where(where).with_for_update()).first()
    if row is None:
        raise refuse("NOT_FOUND", f"there are no sale terms {terms_id}", field)
    if expected_version is not None and expected_version != row.version:
        message = (
            f"the terms have changed since: their version is {row.version}, not {expected_version}; read them again"
        )
        raise refuse("CONFLICT", message, "expectedVersion")
    return terms_of(row)


def save_end(tx: Transaction, terms: SaleTerms) -> None:
    """Write the new last day of terms that were held."""
    row = {"valid_to": terms.content.valid_to, "version": terms.version}
    with audited(tx, SALE_TERMS, terms.id):
        tx.connection.execute(sale_terms.update().where(sale_terms.c.id == terms.id), row)


def effective_on(day: date) -> sa.ColumnElement[bool]:
    """Say "in force on a business day" of rows of the table `sale_terms`."""
    t = sale_terms.c
    return sa.and_(t.valid_from <= day, sa.or_(t.valid_to.is_(None), t.valid_to >= day))


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """Say of rows of `sale_terms` that an actor sees them: typical ones, and those of partners and deals within reach.

    A partner of whom this service has not heard yet counts as seen.
    """
    t = sale_terms.c
    mine = sa.exists().where(partners.c.id == t.partner_id, *within_reach(actor, partners.c.manager_id))
    unknown = ~sa.exists().where(partners.c.id == t.partner_id)
    of_reached = sa.exists().where(deals.c.id == t.deal_id, *within_reach(actor, deals.c.manager_id))
    return sa.and_(
        sa.or_(t.segment_id.is_not(None), mine, unknown),
        sa.or_(t.deal_id.is_(None), of_reached),
    )


def partners_with_terms(connection: sa.Connection, partner_ids: Sequence[UUID], day: date) -> set[UUID]:
    """Tell which partners have terms of any kind that are in force on a day: their own, a deal's, or a segment's."""
    family = families(connection, partner_ids)
    anyone = set().union(*family.values())
    own = sa.select(sale_terms.c.partner_id).where(sale_terms.c.partner_id.in_(anyone), effective_on(day))
    m = segment_members.c
    typical = (
        sa.select(m.partner_id)
        .join(sale_terms, sale_terms.c.segment_id == m.segment_id)
        .where(m.partner_id.in_(anyone), m.belongs.is_(True), effective_on(day))
    )
    found = set(connection.execute(sa.union(own, typical)).scalars())
    return {partner_id for partner_id, ones in family.items() if found & ones}


def terms_in_force(connection: sa.Connection, deal: Deal, day: date) -> SaleTerms | None:
    """Read the terms on which a deal is made on a business day."""
    return terms_of_deals(connection, {deal.id: deal.partner_id}, day).get(deal.id)


def terms_of_deals(
    connection: sa.Connection, partner_of: Mapping[UUID, UUID | None], day: date
) -> dict[UUID, SaleTerms]:
    """Read the terms on which each of many deals is made on a business day, where there are any."""
    known = _Known(connection, {partner for partner in partner_of.values() if partner}, list(partner_of), day)
    chosen = {deal_id: known.choose(partner, deal_id) for deal_id, partner in partner_of.items() if partner}
    return {deal_id: terms for deal_id, terms in chosen.items() if terms}


def terms_of_partners(connection: sa.Connection, partner_ids: Iterable[UUID], day: date) -> dict[UUID, SaleTerms]:
    """Read the terms that hold for each of many partners on a business day, apart from those of single deals."""
    asked = set(partner_ids)
    known = _Known(connection, asked, [], day)
    chosen = {partner: known.choose(partner, None) for partner in asked}
    return {partner: terms for partner, terms in chosen.items() if terms}


def terms_of(row: sa.Row[Any]) -> SaleTerms:
    """Make the terms that a row stands for."""
    minimum = None
    if row.minimum_minor is not None:
        minimum = Money(minor=row.minimum_minor, currency=row.currency).amount
    return SaleTerms(
        id=row.id,
        version=row.version,
        partner_id=row.partner_id,
        deal_id=row.deal_id,
        segment_id=row.segment_id,
        content=TermsContent(
            currency=row.currency,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            name=row.name,
            price_type=row.price_type,
            discount_percent=_percent(row.discount_ppm),
            max_discount_percent=_percent(row.max_discount_ppm),
            payment_schedule=tuple(_instalment(one) for one in row.payment_schedule or ()),
            delivery_terms=DeliveryTerms(row.delivery_terms) if row.delivery_terms else None,
            minimum_sum=minimum,
        ),
    )


class _Known:
    """All terms in force on a day that may be those of some partners and deals, read with three statements."""

    def __init__(self, connection: sa.Connection, partner_ids: set[UUID], deal_ids: list[UUID], day: date) -> None:
        m, t = segment_members.c, sale_terms.c
        self._family = families(connection, partner_ids)
        anyone: set[UUID] = set().union(*self._family.values())
        members = sa.select(m.segment_id, m.partner_id).where(m.partner_id.in_(anyone), m.belongs.is_(True))
        self._segments: dict[UUID, set[UUID]] = defaultdict(set)
        for row in connection.execute(members):
            self._segments[row.partner_id].add(row.segment_id)
        segment_ids: set[UUID] = set().union(*self._segments.values())
        individual = sa.and_(t.partner_id.in_(anyone), sa.or_(t.deal_id.is_(None), t.deal_id.in_(deal_ids)))
        where = sa.and_(sa.or_(individual, t.segment_id.in_(segment_ids)), effective_on(day))
        self._terms = [terms_of(row) for row in connection.execute(sa.select(sale_terms).where(where))]

    def choose(self, partner_id: UUID, deal_id: UUID | None) -> SaleTerms | None:
        """Choose those of a partner, or of one that is one with it, within a deal if one is named."""
        ones = self._family[partner_id]
        segments = set().union(*(self._segments[one] for one in ones))
        return most_specific(
            terms
            for terms in self._terms
            if terms.segment_id in segments or (terms.partner_id in ones and terms.deal_id in (None, deal_id))
        )


def _row(terms: SaleTerms) -> dict[str, Any]:
    content, minimum = terms.content, terms.minimum
    return {
        "id": terms.id,
        "version": terms.version,
        "partner_id": terms.partner_id,
        "deal_id": terms.deal_id,
        "segment_id": terms.segment_id,
        "name": content.name,
        "currency": content.currency,
        "valid_from": content.valid_from,
        "valid_to": content.valid_to,
        "price_type": content.price_type,
        "discount_ppm": _parts(content.discount_percent),
        "max_discount_ppm": _parts(content.max_discount_percent),
        "payment_schedule": [_instalment_row(one) for one in content.payment_schedule] or None,
        "delivery_terms": content.delivery_terms,
        "minimum_minor": minimum.minor if minimum else None,
    }


def _parts(percent: Decimal | None) -> int | None:
    return None if percent is None else parts_of(percent)


def _percent(parts: int | None) -> Decimal | None:
    return None if parts is None else percent_of(parts)


def _instalment_row(one: Instalment) -> dict[str, Any]:
    return {"percent_ppm": parts_of(one.percent), "offset_days": one.offset_days, "basis": one.basis.value}


def _instalment(row: dict[str, Any]) -> Instalment:
    return Instalment(percent=percent_of(row["percent_ppm"]), offset_days=row["offset_days"], basis=Basis(row["basis"]))
