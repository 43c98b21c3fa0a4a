"""The traces that a person leaves in the tables, beside their own row; finding them, and erasing them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.redaction import ERASED, Redaction
from chassis.store.erasing import redact_texts, redacted
from chassis.wire import Json
from services.contacts.domain.contact_point import ContactPointKind
from services.contacts.domain.erasure import without_person
from services.contacts.domain.mention import Mention
from services.contacts.domain.person import ContactPerson
from services.contacts.storage.search import SearchIndex
from services.contacts.storage.tables import (
    changes,
    contact_point_changes,
    contact_points,
    interaction_attachments,
    interaction_guests,
    interaction_links,
    interaction_mentions,
    interactions,
    interests,
    legal_entity_persons,
    partner_persons,
    partners,
    reminders,
)

_AT_ONCE = 500
_OTHERS_OWN = ("name", "full_name", "contact_points")
"""What partners and legal entities are called and how they are reached is theirs, also where a person's is the same."""


_FOUND_BY = {
    (interactions.name, "title"): "title",
    (interactions.name, "text"): "text",
    (interactions.name, "outcome_text"): "outcome",
    (partners.name, "interest"): "interest",
    (interests.name, "text"): "interest",
}
"""The fields under which the search finds a column's text."""


class Traces:
    """The traces of one person."""

    def __init__(self, connection: sa.Connection, person: ContactPerson) -> None:
        self._connection = connection
        self._id = person.id
        self._addresses = _addresses(connection, person.id)
        self.words = sorted(
            {*_names(connection, person), *(text for texts in self._addresses.values() for text in texts)}
        )
        self.phones = sorted(self._addresses.get(ContactPointKind.PHONE, ()))
        self._redaction = Redaction.of(self.words, self.phones)
        self._search = SearchIndex(connection)
        self.owners = _owners(connection, person.id)
        self.interaction_ids = self._interactions()

    def redact(self, text: str) -> str:
        """Take the person out of a text."""
        return self._redaction.text(text)

    def erase(self) -> None:
        """Erase the person from all that is kept beside their own row; that something was, when and of what kind stays."""
        self._erase_contact_points()
        self._erase_history()
        for ids in _parts(sorted(self.interaction_ids)):
            self._erase_in_interactions(ids)
            self._erase_in_guests(ids)
            self._redact(interaction_attachments, interaction_attachments.c.interaction_id.in_(ids), "name", "url")
            self._redact(reminders, reminders.c.subject_id.in_(ids), "note")
        owners = sorted(self.owners)
        self._redact(reminders, reminders.c.subject_id.in_([self._id, *owners]), "note")
        self._redact(partners, partners.c.id.in_(owners), "interest", "source")
        self._redact(interests, interests.c.partner_id.in_(owners), "text", "reason", "source", "campaign")
        for links in (partner_persons, legal_entity_persons):
            self._connection.execute(links.update().where(links.c.person_id == self._id).values(job_title=None))

    def _interactions(self) -> set[UUID]:
        links, mentions, guests = interaction_links.c, interaction_mentions.c, interaction_guests.c
        found = set(
            self._connection.execute(
                sa.union(
                    sa.select(links.interaction_id).where(links.thing_id == self._id),
                    sa.select(mentions.interaction_id).where(mentions.person_id == self._id),
                )
            ).scalars()
        )
        values = sorted({text for texts in self._addresses.values() for text in texts})
        found.update(
            self._connection.execute(sa.select(guests.interaction_id).where(guests.value.in_(values))).scalars()
        )
        return found

    def _erase_contact_points(self) -> None:
        execute, history = self._connection.execute, contact_point_changes
        points = sa.select(contact_points.c.id).where(contact_points.c.owner_id == self._id)
        self._search.forget(list(execute(points).scalars()))
        execute(contact_points.delete().where(contact_points.c.owner_id == self._id))
        execute(history.update().where(history.c.owner_id == self._id).values(before=None, after=None))

    def _erase_history(self) -> None:
        execute, c = self._connection.execute, changes.c
        execute(changes.update().where(c.thing_id == self._id).values(before=None, after=None))
        # also of partners that the person has left or that were merged since: the list told of them then
        theirs = sa.and_(c.thing_id.in_(sorted(self.owners)), c.field.not_in(_OTHERS_OWN))
        read = sa.select(c.id, c.before, c.after).where(sa.or_(c.field == "contact_persons", theirs))
        rows = execute(read.execution_options(yield_per=_AT_ONCE))
        found = [
            {"_id": row.id, "before": self._without(row.before), "after": self._without(row.after)}
            for row in rows
            if (self._without(row.before), self._without(row.after)) != (row.before, row.after)
        ]
        if found:
            values: dict[str, Any] = {"before": sa.bindparam("before"), "after": sa.bindparam("after")}
            execute(changes.update().where(c.id == sa.bindparam("_id")).values(values), found)

    def _without(self, value: Json) -> Json:
        if isinstance(value, dict) and value.get("person_id") == str(self._id):
            value = {**value, "job_title": None}
        return redacted(value, self.redact)

    def _erase_in_interactions(self, ids: Sequence[UUID]) -> None:
        of, mentioned = interactions.c, interaction_mentions
        mentions: dict[UUID, list[Mention]] = {}
        for row in self._connection.execute(sa.select(mentioned).where(mentioned.c.interaction_id.in_(ids))):
            mention = Mention(person_id=row.person_id, start=row.start, end=row.end)
            mentions.setdefault(row.interaction_id, []).append(mention)
        for row in self._connection.execute(sa.select(of.id, of.text).where(of.id.in_(ids))).all():
            before = mentions.get(row.id, [])
            text, after = without_person(row.text, before, self._id, self._redaction)
            if (text, list(after)) == (row.text, before):
                continue
            self._connection.execute(interactions.update().where(of.id == row.id).values(text=text))
            self._search.rewrite(row.id, _FOUND_BY[interactions.name, "text"], text)
            self._connection.execute(mentioned.delete().where(mentioned.c.interaction_id == row.id))
            moved = [
                {"interaction_id": row.id, "place": place, "person_id": m.person_id, "start": m.start, "end": m.end}
                for place, m in enumerate(after)
            ]
            if moved:
                self._connection.execute(mentioned.insert(), moved)
        self._redact(interactions, of.id.in_(ids), "title", "outcome_text", "cancel_reason")

    def _erase_in_guests(self, ids: Sequence[UUID]) -> None:
        guests, told = interaction_guests, {text for texts in self._addresses.values() for text in texts}
        theirs = sa.and_(guests.c.interaction_id.in_(ids), guests.c.value.in_(sorted(told)))
        nobody = {"name": None, "value": ERASED, "original": ERASED}
        self._connection.execute(guests.update().where(theirs).values(nobody))
        self._redact(guests, guests.c.interaction_id.in_(ids), "name")

    def _redact(self, table: sa.Table, where: sa.ColumnElement[bool], *names: str) -> None:
        """Take the person out of some columns of text."""
        for row in redact_texts(self._connection, table, where, *names, redact=self.redact):
            for name in names:
                field = _FOUND_BY.get((table.name, name))
                if field is not None:
                    self._search.rewrite(row.id, field, self._redaction.optional(row._mapping[name]))


def _names(connection: sa.Connection, person: ContactPerson) -> set[str]:
    """Give the person's name, and those that they had before."""
    named = sa.and_(changes.c.thing_id == person.id, changes.c.field == "full_name")
    found = {person.full_name}
    for row in connection.execute(sa.select(changes.c.before, changes.c.after).where(named)):
        found.update(name for name in row if isinstance(name, str))
    return found


def _addresses(connection: sa.Connection, person_id: UUID) -> dict[ContactPointKind, set[str]]:
    """Give by kind how the person is or was ever reached, in each spelling that is kept."""
    found: dict[ContactPointKind, set[str]] = {}
    now, then = contact_points.c, contact_point_changes.c
    for row in connection.execute(sa.select(now.kind, now.value, now.original).where(now.owner_id == person_id)):
        found.setdefault(ContactPointKind(row.kind), set()).update((row.value, row.original))
    for row in connection.execute(sa.select(then.kind, then.before, then.after).where(then.owner_id == person_id)):
        for state in (row.before, row.after):
            told = {state[name] for name in ("value", "original") if name in state} if state else set()
            found.setdefault(ContactPointKind(row.kind), set()).update(told)
    return found


def _owners(connection: sa.Connection, person_id: UUID) -> Collection[UUID]:
    """Give the partners and legal entities that the person works or worked for."""
    at, of = partner_persons.c, legal_entity_persons.c
    read = sa.union(
        sa.select(at.partner_id).where(at.person_id == person_id),
        sa.select(of.legal_entity_id).where(of.person_id == person_id),
    )
    return set(connection.execute(read).scalars())


def _parts(ids: Sequence[UUID]) -> Iterator[list[UUID]]:
    rest = iter(ids)
    while part := list(islice(rest, _AT_ONCE)):
        yield part
