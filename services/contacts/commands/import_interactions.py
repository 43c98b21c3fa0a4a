"""Take over from elsewhere what was said, a few hundred interactions at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.ids import kind_of
from chassis.redaction import ERASED
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.bulk import Outcome, Outcomes
from services.contacts.commands.inputs import today
from services.contacts.commands.interaction_inputs import (
    AttachmentInput,
    GuestInput,
    OutcomeInput,
    hidden_deals,
    read_attachments,
    read_guests,
    read_outcome,
)
from services.contacts.domain.attachment import Attachment
from services.contacts.domain.erasure import digest_of, person_erased
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.interaction import Direction, Guest, Interaction, InteractionKind, Links, Said, done
from services.contacts.domain.kinds import PARTNER
from services.contacts.domain.problems import Problems
from services.contacts.events import InteractionRegistered
from services.contacts.storage.copies import partners_of_deals
from services.contacts.storage.interactions import Interactions
from services.contacts.storage.links import links_of_persons
from services.contacts.storage.named import Named
from services.contacts.storage.persons import Persons
from services.contacts.storage.timeline import tell


@dataclass(frozen=True, kw_only=True)
class ImportInteractions:
    """Ask that rows of interactions be taken over; each is read by itself."""

    rows: list[Json]


@dataclass(frozen=True, kw_only=True)
class InteractionRow:
    """One interaction that took place; partner, persons and manager by id or by the references they were imported under."""

    external_ref: ExternalRef
    kind: InteractionKind
    started_at: AwareDatetime
    direction: Direction | None = None
    title: str | None = None
    text: str | None = None
    duration_seconds: int | None = None
    outcome: OutcomeInput | None = None
    partner_id: UUID | None = None
    partner_ref: ExternalRef | None = None
    person_refs: list[ExternalRef] = field(default_factory=list)
    manager_id: UUID | None = None
    manager_ref: ExternalRef | None = None
    deal_ids: list[UUID] = field(default_factory=list)
    guests: list[GuestInput] = field(default_factory=list)
    attachments: list[AttachmentInput] = field(default_factory=list)


def import_interactions(command: ImportInteractions, tx: Transaction, actor: Actor) -> Json:
    """Take over interactions; one that is there already stays as it is, for what took place is corrected and not changed."""
    actor.require("import")
    outcomes = Outcomes(command.rows)
    rows = outcomes.parse(InteractionRow)
    batch = _Batch([row for _, row in rows], tx, actor)
    for place, row in rows:
        with outcomes.of(place):
            outcome, id = batch.take(row)
            batch.places[row.external_ref].append(place)
            outcomes.done(place, outcome, id)
    outcomes.refuse_raced(batch.write(), batch.places)
    return outcomes.to_json()


class _Batch:
    """The interactions as they are after the rows so far; written all at once."""

    def __init__(self, rows: list[InteractionRow], tx: Transaction, actor: Actor) -> None:
        """Read all that the rows name, in a few reads whatever their number."""
        self._tx = tx
        self._actor = actor
        self._partners = Named.partners(tx, actor, [row.partner_id for row in rows], [row.partner_ref for row in rows])
        self._managers = Named.managers(tx, [row.manager_id for row in rows], [row.manager_ref for row in rows])
        refs = {ref for row in rows for ref in row.person_refs}
        # persons are held: one that is erased meanwhile would be named again by what is taken over
        self._persons = Persons(tx).by_refs([*refs, *map(digest_of, refs)])
        ids = [person.id for person in self._persons.values()]
        self._links = links_of_persons(tx.connection, ids) if ids else {}
        self._hidden = hidden_deals(tx.connection, {id for row in rows for id in row.deal_ids}, actor)
        self._known = Interactions(tx).by_refs(row.external_ref for row in rows)
        self._new: dict[ExternalRef, Interaction] = {}
        self.places: dict[ExternalRef, list[int]] = defaultdict(list)

    def take(self, row: InteractionRow) -> tuple[Outcome, UUID]:
        """Work one row in; raise Refused, with nothing worked in, where it does not fit."""
        found = self._read(row)
        before = self._known.get(row.external_ref)
        if before is None:
            self._new[row.external_ref] = self._known[row.external_ref] = found
            return Outcome.CREATED, found.id
        if differing := _differences(row, found, before):
            message = (
                f"it took place and is on record with another {differing[0]}; put it right with correctInteraction"
            )
            raise refuse("INTERACTION_DONE", message, differing[0], details=(str(before.id),))
        return Outcome.UNCHANGED, before.id

    def _read(self, row: InteractionRow) -> Interaction:
        problems = Problems()
        partner_ids, person_ids, manager_ids = list[UUID](), list[UUID](), list[UUID]()
        outcome, guests, attachments = None, tuple[Guest, ...](), tuple[Attachment, ...]()
        with problems.under():
            partner_ids = _listed(self._partners.one(row.partner_id, row.partner_ref))
        with problems.under():
            person_ids = self._person_ids(row.person_refs)
        with problems.under():
            manager_ids = _listed(self._managers.one(row.manager_id, row.manager_ref))
        with problems.under():
            self._check_deals(row.deal_ids)
        with problems.under():
            guests = read_guests(row.guests, self._tx.enterprise.country)
        with problems.under():
            attachments = read_attachments(row.attachments)
        with problems.under():
            outcome = read_outcome(row.outcome)
        problems.settle()
        if not partner_ids:
            partner_ids = partners_of_deals(self._tx.connection, row.deal_ids) if row.deal_ids else []
        said = Said(
            kind=row.kind,
            direction=row.direction,
            title=row.title,
            text=row.text,
            links=Links.of(
                partner_ids=partner_ids or self._partners_of(person_ids),
                person_ids=person_ids,
                manager_ids=manager_ids,
                deal_ids=row.deal_ids,
            ),
            guests=guests,
            attachments=attachments,
            started_at=row.started_at,
            duration_seconds=row.duration_seconds,
            outcome=outcome,
            external_ref=row.external_ref,
        )
        return done(said, by=self._actor.subject, now=self._tx.now)

    def _check_deals(self, deal_ids: Sequence[UUID]) -> None:
        problems = Problems()
        for place, id in enumerate(deal_ids):
            with problems.under("deals", place):
                if id in self._hidden:
                    raise refuse("NOT_FOUND", f"there is no deal {id}")
        problems.settle()

    def _person_ids(self, refs: Sequence[ExternalRef]) -> list[UUID]:
        problems, ids = Problems(), list[UUID]()
        for place, ref in enumerate(refs):
            with problems.under("personRefs", place):
                ids.append(self._person_id(ref))
        problems.settle()
        return ids

    def _person_id(self, ref: ExternalRef) -> UUID:
        person = self._persons.get(ref)
        if digest_of(ref) in self._persons or (person is not None and person.erased_at is not None):
            raise person_erased()
        if person is None:
            raise refuse("NOT_FOUND", f"there is no person {ref.id!r} of {ref.system}; import persons first")
        return person.id

    def _partners_of(self, person_ids: Sequence[UUID]) -> list[UUID]:
        """Give the partners that persons work for: what is said with them is said with these."""
        day = today(self._tx)
        return [
            link.owner_id
            for id in person_ids
            for link in self._links.get(id, ())
            if kind_of(link.owner_id) == PARTNER and (link.valid_to is None or link.valid_to > day)
        ]

    def write(self) -> dict[ExternalRef, UUID]:
        """Write and tell of all that is new; give the references that another request took meanwhile."""
        raced = Interactions(self._tx).add_all(list(self._new.values()))
        tell(self._tx, *(InteractionRegistered.of(one) for ref, one in self._new.items() if ref not in raced))
        return raced


def _listed(id: UUID | None) -> list[UUID]:
    return [id] if id is not None else []


def _differences(row: InteractionRow, found: Interaction, before: Interaction) -> list[str]:
    """Name the fields in which a row says something else than is on record; what it does not say it leaves as it is."""
    said = {
        "kind": True,
        "direction": row.direction is not None,
        "startedAt": True,
        "title": found.title is not None,
        "text": found.text is not None,
        "durationSeconds": row.duration_seconds is not None,
        "outcome": row.outcome is not None,
        "partner": row.partner_id is not None or row.partner_ref is not None,
        "personRefs": bool(row.person_refs),
        "manager": bool(found.links.manager_ids),
        "deals": bool(row.deal_ids),
        # of guests who were erased nobody knows any more whether they are the same
        "guests": bool(row.guests) and all(guest.value != ERASED for guest in before.guests),
        "attachments": bool(row.attachments),
    }
    now, then = _told(found), _told(before)
    return [name for name, is_said in said.items() if is_said and now[name] != then[name]]


def _told(one: Interaction) -> dict[str, object]:
    return {
        "kind": one.kind,
        "direction": one.direction,
        "startedAt": one.started_at,
        "title": one.title,
        "text": one.text,
        "durationSeconds": one.duration_seconds,
        "outcome": one.outcome,
        "partner": one.links.partner_ids,
        "personRefs": one.links.person_ids,
        "manager": one.links.manager_ids,
        "deals": one.links.deal_ids,
        "guests": one.guests,
        "attachments": [(file.name, file.media_type, file.size, file.url, file.sha256) for file in one.attachments],
    }
