"""Interactions: reading them for a change, writing them, and giving them as they are answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.attachment import Attachment
from services.contacts.domain.contact_point import ContactPointKind
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.interaction import (
    Direction,
    Guest,
    Interaction,
    InteractionKind,
    InteractionState,
    LinkRole,
    Links,
)
from services.contacts.domain.interaction_outcome import InteractionOutcome
from services.contacts.domain.mention import Mention
from services.contacts.domain.plan import Plan
from services.contacts.domain.search import Entry, HitKind
from services.contacts.domain.series import Series
from services.contacts.storage.reach import interactions_in_reach
from services.contacts.storage.search import SearchIndex
from services.contacts.storage.sql import REF, insert_new, ref_of, taken_by_others, with_refs
from services.contacts.storage.tables import (
    interaction_attachments,
    interaction_guests,
    interaction_links,
    interaction_mentions,
    interactions,
)


class Interactions:
    """The interactions as one transaction sees them."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def lock(self, interaction_id: UUID, actor: Actor, *, expected_version: int | None = None) -> Interaction:
        """Read an interaction and hold it until the commit; raise Refused: NOT_FOUND, or CONFLICT for another version."""
        in_reach = interactions_in_reach(actor, interactions.c.id)
        read = sa.select(interactions).where(interactions.c.id == interaction_id, in_reach)
        row = self._connection.execute(read.with_for_update(key_share=True)).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no interaction {interaction_id}", "interaction")
        if expected_version not in (None, row.version):
            message = f"someone changed the interaction: it is at version {row.version} now; read it again"
            raise refuse("CONFLICT", message, "expectedVersion")
        return _interaction(row, _Parts(self._connection, [interaction_id]))

    def by_refs(self, refs: Iterable[ExternalRef]) -> dict[ExternalRef, Interaction]:
        """Read the interactions that came from elsewhere under these references and hold them until the commit."""
        # in the order of ids, so that two imports never wait for each other
        read = sa.select(interactions).where(with_refs(interactions, refs)).order_by(interactions.c.id)
        rows = self._connection.execute(read.with_for_update(key_share=True)).all()
        parts = _Parts(self._connection, [row.id for row in rows])
        found = (_interaction(row, parts) for row in rows)
        return {one.external_ref: one for one in found if one.external_ref is not None}

    def add(self, interaction: Interaction) -> None:
        """Write a new interaction."""
        self._connection.execute(interactions.insert(), _row(interaction))
        self._write_parts([interaction])

    def add_all(self, new: Sequence[Interaction]) -> dict[ExternalRef, UUID]:
        """Write new interactions but those whose reference is taken; give these, with the ids that have them."""
        insert_new(self._connection, interactions, [_row(one) for one in new], *REF)
        raced = taken_by_others(self._connection, interactions, new)
        self._write_parts([one for one in new if one.external_ref not in raced])
        return raced

    def _write_parts(self, new: Sequence[Interaction]) -> None:
        self._write(interaction_links, [row for one in new for row in _link_rows(one)])
        self._write(interaction_guests, [row for one in new for row in _guest_rows(one)])
        self._write(interaction_attachments, [row for one in new for row in _attachment_rows(one)])
        self._index(*new)
        self._write(interaction_mentions, [row for one in new for row in _mention_rows(one)])

    def save(self, interaction: Interaction) -> None:
        """Write one that was read before; whom and what it concerns has not changed since."""
        row = _row(interaction)
        self._connection.execute(interactions.update().where(interactions.c.id == interaction.id).values(row))
        links = interaction_links
        moved = sa.and_(links.c.interaction_id == interaction.id, links.c.at != row["at"])
        self._connection.execute(links.update().where(moved).values(at=row["at"]))
        mentions = interaction_mentions
        self._connection.execute(mentions.delete().where(mentions.c.interaction_id == interaction.id))
        self._write(mentions, _mention_rows(interaction))
        self._index(interaction)

    def rewrite_managers(self, interaction: Interaction) -> None:
        """Write anew which managers take part in one that was read before."""
        links, role = interaction_links, LinkRole.MANAGER.value
        mine = sa.and_(links.c.interaction_id == interaction.id, links.c.role == role)
        self._connection.execute(links.delete().where(mine))
        self._write(links, [row for row in _link_rows(interaction) if row["role"] == role])

    def _index(self, *written: Interaction) -> None:
        """Let them be found by what they say; one that another stands in place of is found by that one."""
        SearchIndex(self._connection).put(
            Entry(
                source_id=one.id,
                field=field,
                thing_id=one.id,
                kind=HitKind.INTERACTION,
                text=text if one.corrected_by_id is None else None,
            )
            for one in written
            for field, text in (
                ("title", one.title),
                ("text", one.text),
                ("outcome", one.outcome.text if one.outcome else None),
            )
        )

    def _write(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(table.insert(), rows)


_other = interaction_links.alias()
_WITHOUT_PARTNER = sa.select(
    interaction_links.c.interaction_id, interaction_links.c.thing_id, interaction_links.c.at
).where(
    interaction_links.c.thing_id.in_(sa.bindparam("things", expanding=True)),
    ~sa.exists().where(
        _other.c.interaction_id == interaction_links.c.interaction_id, _other.c.role == LinkRole.PARTNER.value
    ),
)


def bring_interactions_under_partners(connection: sa.Connection, partners: Mapping[UUID, UUID]) -> set[UUID]:
    """Link the interactions about deals, none of which names a partner, to the deals' (by deal); tell of which there were any."""
    found = connection.execute(_WITHOUT_PARTNER, {"things": list(partners)}).all()
    rows = {
        row.interaction_id: {
            "interaction_id": row.interaction_id,
            "thing_id": partners[row.thing_id],
            "role": LinkRole.PARTNER.value,
            "place": 0,
            "at": row.at,
        }
        for row in found
    }
    insert_new(connection, interaction_links, list(rows.values()), "interaction_id")
    return {row.thing_id for row in found}


def interaction_views(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> list[Json]:
    """Give rows of interactions as they are answered: four more reads, whatever their number."""
    parts = _Parts(connection, [row.id for row in rows])
    return [interaction_view(_interaction(row, parts)) for row in rows]


def interaction_view(interaction: Interaction) -> Json:
    """Give an interaction as it is answered."""
    plan, links = interaction.plan, interaction.links
    return {
        "id": interaction.id,
        "version": interaction.version,
        "kind": interaction.kind,
        "direction": interaction.direction,
        "state": interaction.state,
        "title": interaction.title,
        "text": interaction.text,
        "outcome": interaction.outcome,
        "at": interaction.at,
        "started_at": interaction.started_at,
        "duration_seconds": interaction.duration_seconds,
        "planned_start": plan.start if plan else None,
        "planned_end": plan.end if plan else None,
        "all_day": plan.all_day if plan else False,
        "time_zone": plan.time_zone if plan else None,
        "automatic": interaction.automatic,
        "reviewed": interaction.reviewed_at is not None,
        "reviewed_at": interaction.reviewed_at,
        "postponed_until": interaction.postponed_until,
        "cancel_reason": interaction.cancel_reason,
        "corrects_id": interaction.corrects_id,
        "corrected_by_id": interaction.corrected_by_id,
        "recurrence": interaction.series.rule if interaction.series else None,
        "series_id": interaction.series.id if interaction.series else None,
        "recorded_at": interaction.recorded_at,
        **{role.ids: getattr(links, role.ids) for role in LinkRole},
        "guests": interaction.guests,
        "attachments": interaction.attachments,
        "mentions": interaction.mentions,
        "external_ref": interaction.external_ref,
    }


class _Parts:
    """What belongs to several interactions, in four reads."""

    def __init__(self, connection: sa.Connection, ids: Collection[UUID]) -> None:
        self.links: dict[UUID, dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
        self.guests: dict[UUID, list[Guest]] = defaultdict(list)
        self.attachments: dict[UUID, list[Attachment]] = defaultdict(list)
        self.mentions: dict[UUID, list[Mention]] = defaultdict(list)
        if not ids:
            return
        for row in connection.execute(_parts_of(interaction_links, ids)):
            self.links[row.interaction_id][LinkRole(row.role).ids].append(row.thing_id)
        for row in connection.execute(_parts_of(interaction_guests, ids)):
            self.guests[row.interaction_id].append(_guest(row))
        for row in connection.execute(_parts_of(interaction_attachments, ids)):
            self.attachments[row.interaction_id].append(_attachment(row))
        for row in connection.execute(_parts_of(interaction_mentions, ids)):
            self.mentions[row.interaction_id].append(_mention(row))


def _parts_of(table: sa.Table, ids: Collection[UUID]) -> sa.Select[Any]:
    return sa.select(table).where(table.c.interaction_id.in_(ids)).order_by(table.c.place)


def _interaction(row: sa.Row[Any], parts: _Parts) -> Interaction:
    links = {name: tuple(ids) for name, ids in parts.links[row.id].items()}
    return Interaction(
        id=row.id,
        version=row.version,
        kind=InteractionKind(row.kind),
        direction=Direction(row.direction),
        state=InteractionState(row.state),
        title=row.title,
        text=row.text,
        outcome=InteractionOutcome(key=row.outcome_key, text=row.outcome_text) if row.outcome_key else None,
        plan=_plan(row),
        started_at=row.started_at,
        duration_seconds=row.duration_seconds,
        links=Links(**links),
        guests=tuple(parts.guests[row.id]),
        attachments=tuple(parts.attachments[row.id]),
        automatic=row.automatic,
        registered_by=row.registered_by,
        recorded_at=row.recorded_at,
        reviewed_at=row.reviewed_at,
        postponed_until=row.postponed_until,
        cancel_reason=row.cancel_reason,
        corrects_id=row.corrects_id,
        corrected_by_id=row.corrected_by_id,
        series=_series(row),
        mentions=tuple(parts.mentions[row.id]),
        external_ref=ref_of(row),
    )


def _series(row: sa.Row[Any]) -> Series | None:
    if row.series_id is None:
        return None
    return Series(id=row.series_id, rule=row.series_rule, start=row.series_start)


def _plan(row: sa.Row[Any]) -> Plan | None:
    if row.planned_start is None:
        return None
    return Plan(start=row.planned_start, end=row.planned_end, all_day=row.all_day, time_zone=row.time_zone)


def _guest(row: sa.Row[Any]) -> Guest:
    return Guest(name=row.name, kind=ContactPointKind(row.kind), value=row.value, original=row.original)


def _mention(row: sa.Row[Any]) -> Mention:
    return Mention(person_id=row.person_id, start=row.start, end=row.end)


def _attachment(row: sa.Row[Any]) -> Attachment:
    return Attachment(
        id=row.id, name=row.name, media_type=row.media_type, size=row.size, url=row.url, sha256=row.sha256
    )


def _row(interaction: Interaction) -> dict[str, Any]:
    plan, outcome, series = interaction.plan, interaction.outcome, interaction.series
    return {
        "id": interaction.id,
        "version": interaction.version,
        "kind": interaction.kind.value,
        "direction": interaction.direction.value,
        "state": interaction.state.value,
        "title": interaction.title,
        "text": interaction.text,
        "outcome_key": outcome.key if outcome else None,
        "outcome_text": outcome.text if outcome else None,
        "planned_start": plan.start if plan else None,
        "planned_end": plan.end if plan else None,
        "all_day": plan.all_day if plan else False,
        "time_zone": plan.time_zone if plan else None,
        "started_at": interaction.started_at,
        "duration_seconds": interaction.duration_seconds,
        "at": interaction.at,
        "automatic": interaction.automatic,
        "reviewed_at": interaction.reviewed_at,
        "postponed_until": interaction.postponed_until,
        "cancel_reason": interaction.cancel_reason,
        "corrects_id": interaction.corrects_id,
        "corrected_by_id": interaction.corrected_by_id,
        "series_id": series.id if series else None,
        "series_rule": series.rule if series else None,
        "series_start": series.start if series else None,
        "registered_by": interaction.registered_by,
        "recorded_at": interaction.recorded_at,
        "external_system": interaction.external_ref.system if interaction.external_ref else None,
        "external_id": interaction.external_ref.id if interaction.external_ref else None,
    }


def _link_rows(interaction: Interaction) -> list[dict[str, Any]]:
    return [
        {"interaction_id": interaction.id, "thing_id": id, "role": role.value, "place": place, "at": interaction.at}
        for role, place, id in interaction.links
    ]


def _guest_rows(interaction: Interaction) -> list[dict[str, Any]]:
    return [
        {
            "interaction_id": interaction.id,
            "place": place,
            "name": guest.name,
            "kind": guest.kind.value,
            "value": guest.value,
            "original": guest.original,
        }
        for place, guest in enumerate(interaction.guests)
    ]


def _mention_rows(interaction: Interaction) -> list[dict[str, Any]]:
    return [
        {
            "interaction_id": interaction.id,
            "place": place,
            "person_id": mention.person_id,
            "start": mention.start,
            "end": mention.end,
        }
        for place, mention in enumerate(interaction.mentions)
    ]


def _attachment_rows(interaction: Interaction) -> list[dict[str, Any]]:
    return [
        {
            "id": file.id,
            "interaction_id": interaction.id,
            "place": place,
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "url": file.url,
            "sha256": file.sha256,
        }
        for place, file in enumerate(interaction.attachments)
    ]
