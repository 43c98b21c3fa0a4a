"""Say that someone cannot be reached this way any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.contact_point_list import answered, check_listed, find_point, save_list
from services.contacts.commands.inputs import today
from services.contacts.domain.contact_point import without_point
from services.contacts.domain.validity import check_past
from services.contacts.storage.contact_points import ContactPoints


@dataclass(frozen=True, kw_only=True)
class EndContactPoint:
    """Ask that a contact point end; `valid_to` is today if not given. `expected_version` is its owner's."""

    contact_point_id: UUID
    valid_to: date | None = None
    expected_version: int | None = None


def end_contact_point(command: EndContactPoint, tx: Transaction, actor: Actor) -> Json:
    """End a contact point and answer it; where it was primary, the next of its kind is."""
    found = find_point(command.contact_point_id, tx, actor, command.expected_version)
    check_listed(found)
    day = command.valid_to or today(tx)
    check_past(day, today(tx), "validTo")
    points = without_point(found.listed, found.point)
    ContactPoints(tx, actor).replace({found.owner_id: points}, ended_on=day)
    save_list(found.of, found.listed, points, tx, actor)
    return answered(found.point.id, tx)
