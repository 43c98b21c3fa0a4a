"""Which rows an actor sees, said in SQL."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from chassis.actor import Actor
from services.contacts.storage.tables import (
    claims,
    contact_persons,
    deals,
    interaction_links,
    legal_entities,
    legal_entity_persons,
    managers,
    partner_legal_entities,
    partner_persons,
    partners,
    timeline,
)


def partners_in_reach(actor: Actor, of: sa.FromClause = partners) -> sa.ColumnElement[bool]:
    """Say "a partner this actor sees": all, their team's or their own, and those that nobody looks after.

    A merged partner is seen by whoever sees the one that it turned out to be.
    """
    if actor.reach == "all":
        return sa.true()
    survivor = partners.alias()
    merged = sa.exists().where(survivor.c.id == of.c.survivor_id, _looked_after(actor, survivor))
    return sa.or_(sa.and_(of.c.survivor_id.is_(None), _looked_after(actor, of)), merged)


def _looked_after(actor: Actor, of: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.or_(of.c.manager_id.is_(None), managers_in_reach(actor, of.c.manager_id))


def managers_in_reach(actor: Actor, manager_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Say "the actor, or one of the actor's team": those whose own doings an actor sees."""
    if actor.reach == "all":
        return sa.true()
    seen = [manager_id == actor.member_id] if actor.member_id is not None else []
    if actor.reach == "team" and actor.team_ids:
        colleagues = sa.select(managers.c.id).where(managers.c.team_id.in_(sorted(actor.team_ids)))
        seen.append(manager_id.in_(colleagues))
    return sa.or_(sa.false(), *seen)


def legal_entities_in_reach(actor: Actor, of: sa.FromClause = legal_entities) -> sa.ColumnElement[bool]:
    """Say "a legal entity behind a partner in reach, or behind none"; a link that ended counts."""
    if actor.reach == "all":
        return sa.true()
    link = partner_legal_entities.alias()
    behind = link.c.legal_entity_id == of.c.id
    seen = sa.exists().where(behind, _partner_in_reach(actor, link.c.partner_id))
    return sa.or_(seen, ~sa.exists().where(behind))


def persons_in_reach(actor: Actor, of: sa.FromClause = contact_persons) -> sa.ColumnElement[bool]:
    """Say "a person who works for a partner or a legal entity in reach, or for none"; a link that ended counts."""
    if actor.reach == "all":
        return sa.true()
    link, at, entity = partner_persons.alias(), legal_entity_persons.alias(), legal_entities.alias()
    works, works_at = link.c.person_id == of.c.id, at.c.person_id == of.c.id
    seen = sa.exists().where(works, _partner_in_reach(actor, link.c.partner_id))
    seen_at = sa.exists().where(works_at, entity.c.id == at.c.legal_entity_id, legal_entities_in_reach(actor, entity))
    return sa.or_(seen, seen_at, sa.and_(~sa.exists().where(works), ~sa.exists().where(works_at)))


def owners_in_reach(actor: Actor, owner_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Say "a partner, a person or a legal entity in reach", of an id that may name any of them."""
    if actor.reach == "all":
        return sa.true()
    person, entity = contact_persons.alias(), legal_entities.alias()
    return sa.or_(
        _partner_in_reach(actor, owner_id),
        sa.exists().where(person.c.id == owner_id, persons_in_reach(actor, person)),
        sa.exists().where(entity.c.id == owner_id, legal_entities_in_reach(actor, entity)),
    )


def deals_in_reach(actor: Actor, of: sa.FromClause = deals) -> sa.ColumnElement[bool]:
    """Say "a deal in reach", of the copies of deals, which may be a moment old."""
    return sa.or_(of.c.manager_id.is_(None), managers_in_reach(actor, of.c.manager_id))


def claims_in_reach(actor: Actor, of: sa.FromClause = claims) -> sa.ColumnElement[bool]:
    """Say "a claim in reach", of the copies of claims, which may be a moment old."""
    return sa.or_(managers_in_reach(actor, of.c.assignee_id), _partner_in_reach(actor, of.c.partner_id))


def things_in_reach(actor: Actor, thing_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Say "a manager, partner, person, deal or claim in reach", of an id that may name any of them."""
    if actor.reach == "all":
        return sa.true()
    person, deal, claim = contact_persons.alias(), deals.alias(), claims.alias()
    return sa.or_(
        managers_in_reach(actor, thing_id),
        _partner_in_reach(actor, thing_id),
        sa.exists().where(person.c.id == thing_id, persons_in_reach(actor, person)),
        sa.exists().where(deal.c.id == thing_id, deals_in_reach(actor, deal)),
        sa.exists().where(claim.c.id == thing_id, claims_in_reach(actor, claim)),
    )


def interactions_in_reach(actor: Actor, interaction_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Say "an interaction this actor sees": with or about what is in their reach, or with nobody known."""
    if actor.reach == "all":
        return sa.true()
    links = interaction_links.alias()
    linked = links.c.interaction_id == interaction_id
    return sa.or_(sa.exists().where(linked, things_in_reach(actor, links.c.thing_id)), ~sa.exists().where(linked))


def entries_in_reach(actor: Actor) -> sa.ColumnElement[bool]:
    """Say "an entry of the timeline this actor sees": under what is in their reach, or of an interaction that is."""
    if actor.reach == "all":
        return sa.true()
    of, deal, claim = timeline.c, deals.alias(), claims.alias()
    return sa.or_(
        managers_in_reach(actor, of.manager_id),
        _partner_in_reach(actor, of.partner_id),
        sa.exists().where(deal.c.id == of.deal_id, deals_in_reach(actor, deal)),
        sa.exists().where(claim.c.id == of.claim_id, claims_in_reach(actor, claim)),
        sa.and_(of.interaction_id.is_not(None), interactions_in_reach(actor, of.interaction_id)),
    )


def _partner_in_reach(actor: Actor, partner_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    partner = partners.alias()
    return sa.exists().where(partner.c.id == partner_id, partners_in_reach(actor, partner))
