"""The rules of segments, said in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from services.contacts.domain.interaction import InteractionState
from services.contacts.domain.interest import InterestStatus
from services.contacts.domain.segment import Condition, Match, Rule
from services.contacts.storage.partners import ROLE_COLUMNS
from services.contacts.storage.tables import (
    interaction_links,
    interactions,
    interests,
    legal_entities,
    managers,
    partner_legal_entities,
    partners,
)


def meets(rule: Rule, now: datetime) -> sa.ColumnElement[bool]:
    """Say "a partner whom the rule makes a member" at a moment: one that stands, with all that were merged into it."""
    asked = [condition for one in rule.conditions for condition in _conditions(one, now)]
    met = sa.and_(*asked) if rule.match is Match.ALL else sa.or_(*asked)
    return sa.and_(partners.c.survivor_id.is_(None), met)


def _conditions(condition: Condition, now: datetime) -> Iterator[sa.ColumnElement[bool]]:
    c = partners.c
    if condition.roles is not None:
        merged = partners.alias()
        own = sa.or_(*(ROLE_COLUMNS[role] for role in condition.roles))
        brought = sa.or_(*(merged.c[ROLE_COLUMNS[role].name] for role in condition.roles))
        yield sa.or_(own, sa.exists().where(merged.c.survivor_id == c.id, brought))
    if condition.manager_ids is not None:
        yield _known(c.manager_id, c.manager_id.in_(condition.manager_ids))
    if condition.team_ids is not None:
        theirs = sa.select(managers.c.id).where(managers.c.team_id.in_(condition.team_ids))
        yield _known(c.manager_id, c.manager_id.in_(theirs))
    if condition.sources is not None:
        merged = partners.alias()
        filled_in = sa.exists().where(merged.c.survivor_id == c.id, merged.c.source.in_(condition.sources))
        yield sa.or_(_known(c.source, c.source.in_(condition.sources)), sa.and_(c.source.is_(None), filled_in))
    if condition.countries is not None:
        yield _registered_in(condition.countries)
    if condition.open_interest is not None:
        is_open = _has_open_interest()
        yield is_open if condition.open_interest else ~is_open
    if condition.last_interaction_within_days is not None:
        yield _spoken_since(now - timedelta(days=condition.last_interaction_within_days))
    if condition.no_interaction_within_days is not None:
        yield ~_spoken_since(now - timedelta(days=condition.no_interaction_within_days))


def _known(column: sa.ColumnElement[object], condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Keep NULL out of conditions: who has no manager does not "unknown" meet one, but does not meet it."""
    return sa.and_(column.is_not(None), condition)


def _registered_in(countries: tuple[str, ...]) -> sa.ColumnElement[bool]:
    link, entity = partner_legal_entities.alias(), legal_entities.alias()
    return _of_any(
        link.c.partner_id,
        link.c.valid_to.is_(None),
        entity.c.id == link.c.legal_entity_id,
        entity.c.country.in_(countries),
    )


def _has_open_interest() -> sa.ColumnElement[bool]:
    return _of_any(interests.c.partner_id, interests.c.status == InterestStatus.OPEN.value)


def _spoken_since(moment: datetime) -> sa.ColumnElement[bool]:
    link, said = interaction_links.alias(), interactions.alias()
    return _of_any(
        link.c.thing_id,
        link.c.at >= moment,
        said.c.id == link.c.interaction_id,
        said.c.state == InteractionState.DONE.value,
        said.c.corrected_by_id.is_(None),
    )


def _of_any(partner_id: sa.ColumnElement[Any], *where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Say "there is something of the partner, or of one that was merged into it": each asked by an index of its own."""
    merged = partners.alias()
    own = sa.exists().where(partner_id == partners.c.id, *where)
    return sa.or_(own, sa.exists().where(merged.c.survivor_id == partners.c.id, partner_id == merged.c.id, *where))
