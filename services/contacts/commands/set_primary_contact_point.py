"""Say which of several contact points of a kind is the one to use first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.contact_point_list import answered, check_listed, find_point, save_list
from services.contacts.domain.contact_point import with_point
from services.contacts.storage.contact_points import ContactPoints


@dataclass(frozen=True, kw_only=True)
class SetPrimaryContactPoint:
    """Ask that a contact point be its owner's primary one of its kind. `expected_version` is its owner's."""

    contact_point_id: UUID
    expected_version: int | None = None


def set_primary_contact_point(command: SetPrimaryContactPoint, tx: Transaction, actor: Actor) -> Json:
    """Make a contact point primary and answer it; the one that was is so no more."""
    found = find_point(command.contact_point_id, tx, actor, command.expected_version)
    check_listed(found)
    if not found.point.primary:
        points = with_point(found.listed, replace(found.point, primary=True))
        ContactPoints(tx, actor).replace({found.owner.id: points})
        save_list(found.owner, found.listed, points, tx, actor)
    return answered(found.point.id, tx)
