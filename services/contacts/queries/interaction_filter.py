"""Which interactions, in lists and relations."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.store.paging import Order
from services.contacts.domain.interaction import Direction, InteractionKind, InteractionState
from services.contacts.storage.merged import merged_into, one_with
from services.contacts.storage.reach import interactions_in_reach
from services.contacts.storage.tables import interaction_links, interactions

_c = interactions.c

NEWEST_FIRST = (Order(_c.at, descending=True), Order(_c.id, descending=True))


@dataclass(frozen=True, kw_only=True)
class InteractionFilter:
    """Which interactions: those that fit each field given; those that were corrected are left out unless asked for."""

    kinds: list[InteractionKind] | None = None
    states: list[InteractionState] | None = None
    directions: list[Direction] | None = None
    partner_ids: list[UUID] | None = None
    deal_ids: list[UUID] | None = None
    claim_ids: list[UUID] | None = None
    person_ids: list[UUID] | None = None
    manager_ids: list[UUID] | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    reviewed: bool | None = None
    automatic: bool | None = None
    corrected: bool | None = False

    def conditions(self, actor: Actor) -> list[sa.ColumnElement[bool]]:
        """Give the conditions on interactions, reach included; `since` ≤ the interaction's time < `until`."""
        among = [(_c.kind, self.kinds), (_c.state, self.states), (_c.direction, self.directions)]
        found: list[sa.ColumnElement[bool]] = [interactions_in_reach(actor, _c.id)]
        found += [column.in_(values) for column, values in among if values is not None]
        if self.partner_ids is not None:
            found.append(_linked_to(one_with(self.partner_ids)))
        if self.deal_ids is not None:
            merged = sa.select(merged_into(self.deal_ids).c.id)
            found.append(sa.or_(_linked_to(self.deal_ids), _linked_to(merged)))
        linked = (self.claim_ids, self.person_ids, self.manager_ids)
        found += [_linked_to(ids) for ids in linked if ids is not None]
        if self.since is not None:
            found.append(_c.at >= self.since)
        if self.until is not None:
            found.append(_c.at < self.until)
        if self.automatic is not None:
            found.append(_c.automatic == self.automatic)
        for column, there in ((_c.reviewed_at, self.reviewed), (_c.corrected_by_id, self.corrected)):
            if there is not None:
                found.append(column.is_not(None) if there else column.is_(None))
        return found


def _linked_to(ids: list[UUID] | sa.CompoundSelect[UUID] | sa.Select[tuple[UUID]]) -> sa.ColumnElement[bool]:
    links = interaction_links.c
    return sa.exists().where(links.interaction_id == _c.id, links.thing_id.in_(ids))
