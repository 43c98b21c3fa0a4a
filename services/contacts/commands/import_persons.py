"""Take contact persons over from elsewhere, a few hundred at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.ids import kind_of
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.bulk import Outcome, Outcomes
from services.contacts.commands.inputs import ContactPointInput, read_points, today
from services.contacts.domain.contact_point import ContactPoint, merge_points
from services.contacts.domain.erasure import digest_of, person_erased
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.kinds import PARTNER
from services.contacts.domain.links import PersonLink, PersonRole
from services.contacts.domain.person import ContactPerson
from services.contacts.domain.problems import Problems
from services.contacts.events import PartnerChanged, PersonChanged, PersonLinked, PersonRegistered
from services.contacts.storage.changes import Change, Changes
from services.contacts.storage.contact_points import ContactPoints, Points, points_of, short
from services.contacts.storage.duplicate_pairs import look_for_duplicates
from services.contacts.storage.links import Links, links_of_persons
from services.contacts.storage.named import Named
from services.contacts.storage.partners import Partners
from services.contacts.storage.persons import Persons


@dataclass(frozen=True, kw_only=True)
class ImportPersons:
    """Ask that rows of contact persons be taken over; each is read by itself."""

    rows: list[Json]


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """One person, and what they do for a partner. What is missing stays as it is, contact points are added."""

    external_ref: ExternalRef
    full_name: str
    job_title: str | None = None
    role: PersonRole | None = None
    birthday: date | None = None
    contact_points: list[ContactPointInput] | None = None
    partner_id: UUID | None = None
    partner_ref: ExternalRef | None = None


def import_persons(command: ImportPersons, tx: Transaction, actor: Actor) -> Json:
    """Take over persons; the same reference again finds the person and writes only what is new."""
    actor.require("import")
    outcomes = Outcomes(command.rows)
    rows = outcomes.parse(PersonRow)
    batch = _Batch([row for _, row in rows], tx, actor)
    for place, row in rows:
        with outcomes.of(place):
            outcome, id = batch.take(row)
            batch.places[row.external_ref].append(place)
            outcomes.done(place, outcome, id)
    outcomes.refuse_raced(batch.write(), batch.places)
    return outcomes.to_json()


class _Batch:
    """The persons as they are after the rows so far; written all at once."""

    def __init__(self, rows: list[PersonRow], tx: Transaction, actor: Actor) -> None:
        """Read all that the rows may change or name: partners first, as whoever links a person does."""
        self._tx = tx
        self._actor = actor
        self._partners = Named.partners(
            tx, actor, [row.partner_id for row in rows], [row.partner_ref for row in rows], hold=True
        )
        refs = [row.external_ref for row in rows]
        self._known = Persons(tx).by_refs([*refs, *map(digest_of, refs)])
        ids = [person.id for person in self._known.values()]
        self._points: Points = points_of(tx.connection, ids, today(tx)) if ids else {}
        links = links_of_persons(tx.connection, ids) if ids else {}
        self._links = {(link.owner_id, link.person_id): link for found in links.values() for link in found}
        self._new: dict[ExternalRef, ContactPerson] = {}
        self._changed: dict[ExternalRef, ContactPerson] = {}
        self._new_points: dict[ExternalRef, tuple[ContactPoint, ...]] = {}
        self._new_links: dict[tuple[ExternalRef, UUID], PersonLink] = {}
        self._steps: list[tuple[ExternalRef, PersonRegistered | PersonChanged | PersonLinked]] = []
        self._history: list[tuple[ExternalRef, Change]] = []
        self.places: dict[ExternalRef, list[int]] = defaultdict(list)

    def take(self, row: PersonRow) -> tuple[Outcome, UUID]:
        """Work one row in; raise Refused, with nothing worked in, where it does not fit."""
        before = self._known.get(row.external_ref)
        if digest_of(row.external_ref) in self._known or (before is not None and before.erased_at is not None):
            raise person_erased("externalRef")
        problems, after, link = Problems(), before, None
        found: tuple[ContactPoint, ...] = ()
        with problems.under():
            after = self._said(row, before)
        with problems.under():
            found = read_points(row.contact_points or (), self._tx.enterprise.country)
        with problems.under():
            partner_id = self._partners.one(row.partner_id, row.partner_ref)
            if partner_id is not None and after is not None:
                link = self._link(row, partner_id, after.id)
            elif partner_id is None and (row.job_title or row.role):
                raise refuse(
                    "REQUIRED", "say for which partner: a role and a job title are what one has there", "partner"
                )
        problems.settle()
        assert after is not None
        done = self._register(row, after, found) if before is None else self._change(row, before, after, found)
        if link is not None and link != self._links.get((link.owner_id, link.person_id)):
            self._put(row.external_ref, link)
            done = Outcome.UPDATED if done is Outcome.UNCHANGED else done
        return done, after.id

    def _said(self, row: PersonRow, before: ContactPerson | None) -> ContactPerson:
        day = today(self._tx)
        if before is None:
            return ContactPerson.register(
                row.full_name, today=day, birthday=row.birthday, external_ref=row.external_ref
            )
        problems, after = Problems(), before
        with problems.under():
            after = after.renamed(row.full_name)
        if row.birthday is not None:
            with problems.under():
                after = after.born(row.birthday, day)
        problems.settle()
        return after

    def _link(self, row: PersonRow, partner_id: UUID, person_id: UUID) -> PersonLink:
        was = self._links.get((partner_id, person_id))
        said = PersonLink.of(partner_id, person_id, role=row.role, job_title=row.job_title)
        if was is None:
            return said
        return PersonLink(
            owner_id=partner_id,
            person_id=person_id,
            role=row.role or was.role,
            job_title=said.job_title or was.job_title,
            valid_from=was.valid_from,
            valid_to=was.valid_to,
        )

    def _register(self, row: PersonRow, person: ContactPerson, points: tuple[ContactPoint, ...]) -> Outcome:
        ref = row.external_ref
        self._new[ref] = self._known[ref] = person
        if points:
            self._points[person.id] = self._new_points[ref] = points
        self._steps.append((ref, PersonRegistered.of(person, self._tx.now)))
        return Outcome.CREATED

    def _change(
        self, row: PersonRow, before: ContactPerson, after: ContactPerson, found: tuple[ContactPoint, ...]
    ) -> Outcome:
        ref, points = row.external_ref, self._points.get(before.id, ())
        merged = merge_points(points, found)
        lists = {"contact_points": (short(points), short(merged))} if merged != points else {}
        changed = (*after.differences(before), *lists)
        if not changed:
            return Outcome.UNCHANGED
        if lists:
            self._points[before.id] = self._new_points[ref] = merged
        saved = self._keep(ref, after)
        self._history.append((ref, (before, saved, lists)))
        self._steps.append((ref, PersonChanged.of(saved, changed, self._tx.now)))
        return Outcome.UPDATED

    def _put(self, ref: ExternalRef, link: PersonLink) -> None:
        self._links[link.owner_id, link.person_id] = self._new_links[ref, link.owner_id] = link
        self._steps.append((ref, PersonLinked.of(self._keep(ref, self._known[ref]), link, self._tx.now)))

    def _keep(self, ref: ExternalRef, person: ContactPerson) -> ContactPerson:
        saved = person.next_version()
        self._known[ref] = saved
        (self._new if ref in self._new else self._changed)[ref] = saved
        return saved

    def write(self) -> dict[ExternalRef, UUID]:
        """Write and tell everything; give the references that another request took meanwhile."""
        persons = Persons(self._tx)
        raced = persons.add_all(list(self._new.values()))
        persons.save(list(self._changed.values()))
        points = {self._known[ref].id: points for ref, points in self._new_points.items() if ref not in raced}
        if points:
            ContactPoints(self._tx, self._actor).replace(points)
        Changes(self._tx, self._actor).record_all(change for ref, change in self._history if ref not in raced)
        for ref, event in self._steps:
            if ref not in raced:
                self._tx.emit(event)
        linked: dict[UUID, list[tuple[ExternalRef, PersonLink]]] = defaultdict(list)
        for (ref, partner_id), link in self._new_links.items():
            if ref not in raced:
                linked[partner_id].append((ref, link))
        self._write_links(linked)
        touched = {self._known[ref].id for ref, _ in self._steps if ref not in raced}
        owners = {owner_id for owner_id, person_id in self._links if person_id in touched}
        look_for_duplicates(self._tx, sorted(owner_id for owner_id in owners if kind_of(owner_id) == PARTNER))
        return raced

    def _write_links(self, linked: dict[UUID, list[tuple[ExternalRef, PersonLink]]]) -> None:
        """Write the links of each partner, which counts a change however many persons it gets."""
        history: list[Change] = []
        partners = Partners(self._tx).lock_all(list(linked))
        for before in partners:
            links, after = linked[before.id], before.next_version()
            Links(self._tx.connection).put_persons(before.id, [link for _, link in links])
            names = [self._known[ref].full_name for ref, _ in links]
            history.append((before, after, {"contact_persons": (None, names)}))
            self._tx.emit(PartnerChanged.of(after, ("contact_persons",), self._tx.now))
        Partners(self._tx).save([before.next_version() for before in partners])
        Changes(self._tx, self._actor).record_all(history)
