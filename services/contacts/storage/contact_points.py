"""Contact points of partners, persons and legal entities: reading them, writing them, and keeping every change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.ids import kind_of
from chassis.store.database import Transaction
from chassis.wire import Json, plain
from services.contacts.domain.address import Address
from services.contacts.domain.contact_point import ContactPoint, ContactPointKind, Messenger
from services.contacts.domain.kinds import CONTACT_PERSON, LEGAL_ENTITY
from services.contacts.domain.search import Entry, HitKind
from services.contacts.storage.reach import owners_in_reach
from services.contacts.storage.search import SearchIndex
from services.contacts.storage.sql import not_ended, update_by_id
from services.contacts.storage.tables import contact_point_changes, contact_points

Points = dict[UUID, tuple[ContactPoint, ...]]
"""Contact points by their owners' ids."""

_COLUMNS = contact_points.c


_KINDS: dict[int | None, HitKind] = {CONTACT_PERSON: HitKind.CONTACT_PERSON, LEGAL_ENTITY: HitKind.LEGAL_ENTITY}


class Action(StrEnum):
    """What was done to a contact point."""

    ADDED = "ADDED"
    CHANGED = "CHANGED"
    ENDED = "ENDED"
    RESTORED = "RESTORED"


def points_of(connection: sa.Connection, owner_ids: Collection[UUID], day: date) -> Points:
    """Read the contact points that have not ended on a day, by their owners."""
    read = (
        sa.select(contact_points)
        .where(_COLUMNS.owner_id.in_(owner_ids), not_ended(contact_points, day))
        .order_by(_COLUMNS.place)
    )
    found: dict[UUID, list[ContactPoint]] = {}
    for row in connection.execute(read):
        found.setdefault(row.owner_id, []).append(_point(row))
    return {owner_id: tuple(points) for owner_id, points in found.items()}


def point_by_id(connection: sa.Connection, point_id: UUID) -> tuple[UUID, ContactPoint] | None:
    """Read a contact point, ended or not, with its owner's id."""
    row = connection.execute(sa.select(contact_points).where(_COLUMNS.id == point_id)).first()
    return (row.owner_id, _point(row)) if row is not None else None


def points_by_ids(
    connection: sa.Connection, ids: Collection[UUID], actor: Actor
) -> dict[UUID, tuple[UUID, ContactPoint]]:
    """Read contact points of owners in reach, ended or not, with their owners' ids."""
    read = sa.select(contact_points).where(_COLUMNS.id.in_(ids), owners_in_reach(actor, _COLUMNS.owner_id))
    return {row.id: (row.owner_id, _point(row)) for row in connection.execute(read)}


class ContactPoints:
    """The contact points as an actor writes them; each change is kept with what was before."""

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self._connection = tx.connection
        self._day = day_of(tx.now, tx.enterprise.zone)
        self._who = {"actor": actor.subject, "member_id": actor.member_id, "changed_at": tx.now}

    def of(self, owner_id: UUID) -> tuple[ContactPoint, ...]:
        """Read the points of one owner that have not ended."""
        return points_of(self._connection, [owner_id], self._day).get(owner_id, ())

    def add(self, lists: Mapping[UUID, Sequence[ContactPoint]]) -> None:
        """Write the points of owners that have none yet."""
        self._write({owner_id: ((), points) for owner_id, points in lists.items()})

    def replace(self, lists: Mapping[UUID, Sequence[ContactPoint]], *, ended_on: date | None = None) -> None:
        """Write the whole lists of owners; a point that is on its list no more has ended, today if not said otherwise."""
        self._settle_ended(lists)
        known = points_of(self._connection, list(lists), self._day)
        self._write({owner: (known.get(owner, ()), points) for owner, points in lists.items()}, ended_on)

    def restore(self, owner_id: UUID, points: Sequence[ContactPoint], restored: ContactPoint) -> None:
        """Write the whole list of an owner in which one is back that had ended."""
        self._settle_ended([owner_id])
        known = points_of(self._connection, [owner_id], self._day).get(owner_id, ())
        ended = point_by_id(self._connection, restored.id)
        self._write({owner_id: ((*known, *([ended[1]] if ended else [])), points)}, restored=restored.id)

    def _settle_ended(self, owner_ids: Collection[UUID]) -> None:
        """Take it off points that ended by their own date that they are primary: another may be so now."""
        ended = (_COLUMNS.owner_id.in_(list(owner_ids)), _COLUMNS.is_primary, _COLUMNS.valid_to <= self._day)
        self._connection.execute(contact_points.update().where(*ended).values(is_primary=False))

    def _write(
        self,
        lists: Mapping[UUID, tuple[Sequence[ContactPoint], Sequence[ContactPoint]]],
        ended_on: date | None = None,
        restored: UUID | None = None,
    ) -> None:
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        history: list[dict[str, Any]] = []
        for owner_id, (before, after) in lists.items():
            known = {point.id: point for point in before}
            places = {point.id: place for place, point in enumerate(before)}
            for place, point in enumerate(after):
                was = known.pop(point.id, None)
                row = self._row(point, owner_id, place)
                if was is None:
                    new.append(row)
                elif was != point or places[point.id] != place:
                    changed.append(row)
                if was != point:
                    action = (
                        Action.ADDED if was is None else Action.RESTORED if point.id == restored else Action.CHANGED
                    )
                    history.append(self._entry(owner_id, action, was, point))
            for was in known.values():
                gone = was.end(ended_on or max(self._day, was.valid_from or self._day))
                changed.append(self._row(gone, owner_id, places[was.id]))
                history.append(self._entry(owner_id, Action.ENDED, was, gone))
        # there is one primary of a kind at every moment: who was it gives that up first
        update_by_id(self._connection, contact_points, sorted(changed, key=lambda row: bool(row["is_primary"])))
        for table, rows in ((contact_points, new), (contact_point_changes, history)):
            if rows:
                self._connection.execute(table.insert(), rows)
        SearchIndex(self._connection).put(map(self._found_by, (*new, *changed)))

    def _found_by(self, row: Mapping[str, Any]) -> Entry:
        ended = row["valid_to"] is not None and row["valid_to"] <= self._day
        return Entry(
            source_id=row["id"],
            field="contactPoint",
            thing_id=row["owner_id"],
            kind=_KINDS.get(kind_of(row["owner_id"]), HitKind.PARTNER),
            text=None if ended else row["value"],
        )

    def _entry(
        self, owner_id: UUID, action: Action, before: ContactPoint | None, after: ContactPoint
    ) -> dict[str, Any]:
        return {
            "contact_point_id": after.id,
            "owner_id": owner_id,
            "kind": after.kind,
            "action": action,
            "before": _state(before) if before else None,
            "after": _state(after),
            **self._who,
        }

    def _row(self, point: ContactPoint, owner_id: UUID, place: int) -> dict[str, Any]:
        return {
            "id": point.id,
            "owner_id": owner_id,
            "place": place,
            "kind": point.kind.value,
            "value": point.value,
            "original": point.original,
            "extension": point.extension,
            "messenger": point.messenger.value if point.messenger else None,
            "address": plain(point.address) if point.address else None,
            "is_primary": point.primary and not (point.valid_to is not None and point.valid_to <= self._day),
            "valid_from": point.valid_from,
            "valid_to": point.valid_to,
        }


def point_view(owner_id: UUID, point: ContactPoint) -> Json:
    """Give a contact point as it is answered by itself."""
    return {**plain(point), "owner_id": owner_id}


def short(points: Iterable[ContactPoint]) -> list[str]:
    """Give points as they are shown in the record of their owner's changes."""
    return [point.original for point in points]


def _state(point: ContactPoint) -> Json:
    state: dict[str, Any] = plain(point)
    return {name: value for name, value in state.items() if name not in ("id", "kind") and value is not None}


def _point(row: sa.Row[Any]) -> ContactPoint:
    return ContactPoint(
        id=row.id,
        kind=ContactPointKind(row.kind),
        value=row.value,
        original=row.original,
        primary=row.is_primary,
        extension=row.extension,
        messenger=Messenger(row.messenger) if row.messenger else None,
        address=Address(**row.address) if row.address else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
