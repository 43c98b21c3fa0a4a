"""Change a contact point: how it is written, where it is, from when to when it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.absent import ABSENT, Absent
from services.contacts.commands.contact_point_list import answered, check_listed, find_point, save_list
from services.contacts.commands.inputs import AddressInput, ContactPointInput, today
from services.contacts.commands.owners import country_of
from services.contacts.domain.contact_point import ContactPoint, Messenger, with_point
from services.contacts.storage.contact_points import ContactPoints


@dataclass(frozen=True, kw_only=True)
class ChangeContactPoint:
    """Ask that a contact point be changed; what is not given stays. `expected_version` is its owner's."""

    contact_point_id: UUID
    expected_version: int | None = None
    value: str | Absent = ABSENT
    country: str | Absent | None = ABSENT
    messenger: Messenger | Absent | None = ABSENT
    address: AddressInput | Absent | None = ABSENT
    valid_from: date | Absent | None = ABSENT
    valid_to: date | Absent | None = ABSENT


def change_contact_point(command: ChangeContactPoint, tx: Transaction, actor: Actor) -> Json:
    """Change a contact point and answer it; where nothing differs nothing is written or told."""
    found = find_point(command.contact_point_id, tx, actor, command.expected_version)
    check_listed(found)
    _check_end(command, today(tx))
    changed = _changed(found.point, command, country_of(found.of, tx))
    if changed != found.point:
        points = with_point(found.listed, changed)
        ContactPoints(tx, actor).replace({found.owner_id: points})
        save_list(found.of, found.listed, points, tx, actor)
    return answered(found.point.id, tx)


def _check_end(command: ChangeContactPoint, day: date) -> None:
    if command.valid_to is not ABSENT and command.valid_to is not None and command.valid_to <= day:
        raise refuse(
            "INVALID_INTERVAL", f"{command.valid_to} is not to come any more; end the point instead", "validTo"
        )


def _changed(point: ContactPoint, command: ChangeContactPoint, country: str) -> ContactPoint:
    address = _input_of(point) if command.address is ABSENT else command.address
    read = ContactPointInput(
        kind=point.kind,
        # what was typed is read again only where something else was typed, or it is read otherwise
        value=point.original if command.value is ABSENT else command.value,
        primary=point.primary,
        country=None if command.country is ABSENT else command.country,
        messenger=point.messenger if command.messenger is ABSENT else command.messenger,
        address=address,
        valid_from=point.valid_from if command.valid_from is ABSENT else command.valid_from,
        valid_to=point.valid_to if command.valid_to is ABSENT else command.valid_to,
    ).read(country)
    if command.value is ABSENT and command.messenger is ABSENT:
        read = replace(read, value=point.value, extension=point.extension)
    return replace(read, id=point.id)


def _input_of(point: ContactPoint) -> AddressInput | None:
    parts = point.address
    if parts is None:
        return None
    return AddressInput(
        country=parts.country,
        postal_code=parts.postal_code,
        region=parts.region,
        city=parts.city,
        street=parts.street,
        building=parts.building,
        unit=parts.unit,
    )
