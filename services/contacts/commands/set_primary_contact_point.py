"""Say which of several contact points of a kind is the one to use first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.contact_point_list import PointOnList, answered, check_listed, find_point, save_list
from services.contacts.domain.contact_point import ContactPoint, with_point
from services.contacts.storage.contact_points import ContactPoints
from services.contacts.storage.merged import groups_of


@dataclass(frozen=True, kw_only=True)
class SetPrimaryContactPoint:
    """Ask that a contact point be its owner's primary one of its kind. `expected_version` is its owner's."""

    contact_point_id: UUID
    expected_version: int | None = None


def set_primary_contact_point(command: SetPrimaryContactPoint, tx: Transaction, actor: Actor) -> Json:
    """Make a contact point primary and answer it; the one that was is so no more, of a merged partner neither."""
    found = find_point(command.contact_point_id, tx, actor, command.expected_version)
    check_listed(found)
    lists = {**_others(found, tx, actor)}
    if not found.point.primary:
        lists[found.owner_id] = with_point(found.listed, replace(found.point, primary=True))
    if lists:
        ContactPoints(tx, actor).replace(lists)
        save_list(found.of, found.listed, lists.get(found.owner_id, found.listed), tx, actor)
    return answered(found.point.id, tx)


def _others(found: PointOnList, tx: Transaction, actor: Actor) -> dict[UUID, tuple[ContactPoint, ...]]:
    """Give the lists of those who are one with the owner and have a primary point of the kind, without it being so."""
    book, kind = ContactPoints(tx, actor), found.point.kind
    group = groups_of(tx.connection, [found.owner_id])[found.owner_id]
    lists = {owner_id: book.of(owner_id) for owner_id in group if owner_id != found.owner_id}
    return {
        owner_id: tuple(replace(point, primary=point.primary and point.kind is not kind) for point in points)
        for owner_id, points in lists.items()
        if any(point.primary and point.kind is kind for point in points)
    }
