"""Take back that a contact point has ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.contact_point_list import answered, check_restorable, find_point, save_list
from services.contacts.domain.contact_point import with_point
from services.contacts.storage.contact_points import ContactPoints


@dataclass(frozen=True, kw_only=True)
class RestoreContactPoint:
    """Ask that a contact point that has ended hold again. `expected_version` is its owner's."""

    contact_point_id: UUID
    expected_version: int | None = None


def restore_contact_point(command: RestoreContactPoint, tx: Transaction, actor: Actor) -> Json:
    """Restore a contact point and answer it; raise Refused with KNOWN_ALREADY where the owner has it anew."""
    found = find_point(command.contact_point_id, tx, actor, command.expected_version)
    check_restorable(found, tx)
    restored = replace(found.point, valid_to=None)
    points = with_point(found.listed, restored)
    ContactPoints(tx, actor).restore(found.owner_id, points, restored)
    save_list(found.of, found.listed, points, tx, actor)
    return answered(restored.id, tx)
