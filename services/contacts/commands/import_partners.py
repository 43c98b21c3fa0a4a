"""Take partners over from elsewhere, a few hundred at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.bulk import Outcome, Outcomes
from services.contacts.commands.inputs import ContactPointInput, moment, read_points, today
from services.contacts.domain.contact_point import ContactPoint, merge_points
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.partner import Partner, Role
from services.contacts.domain.staff import Manager
from services.contacts.domain.text import line, optional_line
from services.contacts.events import PartnerChanged, PartnerRegistered
from services.contacts.storage.assignment import Assignments
from services.contacts.storage.changes import Change, Changes
from services.contacts.storage.contact_points import ContactPoints, Points, points_of, short
from services.contacts.storage.duplicate_pairs import look_for_duplicates
from services.contacts.storage.partners import Partners
from services.contacts.storage.staff import Staff
from services.contacts.storage.timeline import tell


@dataclass(frozen=True, kw_only=True)
class ImportPartners:
    """Ask that rows of partners be taken over; each is read by itself."""

    rows: list[Json]


@dataclass(frozen=True, kw_only=True)
class PartnerRow:
    """One partner; `manager_ref` names its manager. What is missing stays as it is, roles and contact points are added."""

    external_ref: ExternalRef
    name: str
    roles: list[Role] | None = None
    manager_ref: ExternalRef | None = None
    contact_points: list[ContactPointInput] | None = None
    source: str | None = None
    occurred_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", line(self.name, "name"))
        object.__setattr__(self, "source", optional_line(self.source, "source", longest=200))


def import_partners(command: ImportPartners, tx: Transaction, actor: Actor) -> Json:
    """Take over partners; the same reference again finds the partner and writes only what is new."""
    actor.require("import")
    outcomes = Outcomes(command.rows)
    rows = outcomes.parse(PartnerRow)
    batch = _Batch.of([row for _, row in rows], tx, actor)
    for place, row in rows:
        with outcomes.of(place):
            outcome, id = batch.take(row)
            batch.places[row.external_ref].append(place)
            outcomes.done(place, outcome, id)
    outcomes.refuse_raced(batch.write(), batch.places)
    return outcomes.to_json()


class _Batch:
    """The partners as they are after the rows so far; written all at once."""

    def __init__(
        self, tx: Transaction, actor: Actor, known: dict[ExternalRef, Partner], managers: dict[ExternalRef, Manager]
    ) -> None:
        self._tx = tx
        self._actor = actor
        self._known = known
        self._managers = managers
        self._assignments = Assignments(tx)
        self._points: Points = {}
        self._new: dict[ExternalRef, Partner] = {}
        self._changed: dict[ExternalRef, Partner] = {}
        self._new_points: dict[ExternalRef, tuple[ContactPoint, ...]] = {}
        self._steps: list[tuple[ExternalRef, PartnerRegistered | PartnerChanged]] = []
        self._history: list[tuple[ExternalRef, Change]] = []
        self.places: dict[ExternalRef, list[int]] = defaultdict(list)

    @classmethod
    def of(cls, rows: list[PartnerRow], tx: Transaction, actor: Actor) -> _Batch:
        """Read all that the rows may change or name: three reads, whatever their number."""
        known = Partners(tx).by_refs(row.external_ref for row in rows)
        managers = Staff(tx.connection).managers_by_refs(row.manager_ref for row in rows if row.manager_ref)
        batch = cls(tx, actor, known, managers)
        reached = [known[row.external_ref].id for row in rows if row.contact_points and row.external_ref in known]
        if reached:
            batch._points = points_of(tx.connection, reached, today(tx))
        return batch

    def take(self, row: PartnerRow) -> tuple[Outcome, UUID]:
        """Work one row in; raise Refused, with nothing worked in, where it does not fit."""
        at = moment(row.occurred_at, self._tx, self._actor)
        found = read_points(row.contact_points or (), self._tx.enterprise.country)
        manager_id = self._manager_id(row.manager_ref)
        before = self._known.get(row.external_ref)
        if before is None:
            return Outcome.CREATED, self._create(row, at, manager_id, found)
        points = self._points.get(before.id, ())
        merged = merge_points(points, found)
        after = replace(
            before.renamed(row.name).with_roles(row.roles or ()),
            manager_id=manager_id or before.manager_id,
            source=row.source or before.source,
            registered_at=at if row.occurred_at else before.registered_at,
        )
        changed = after.differences(before)
        if merged != points:
            changed = (*changed, "contact_points")
        if not changed:
            return Outcome.UNCHANGED, before.id
        lists = {"contact_points": (short(points), short(merged))} if merged != points else {}
        self._keep(row.external_ref, after.next_version(), merged if merged != points else None)
        self._history.append((row.external_ref, (before, after.next_version(), lists)))
        self._steps.append((row.external_ref, PartnerChanged.of(after.next_version(), changed, self._tx.now)))
        return Outcome.UPDATED, before.id

    def _create(self, row: PartnerRow, at: datetime, manager_id: UUID | None, points: tuple[ContactPoint, ...]) -> UUID:
        partner = Partner.register(
            name=row.name,
            roles=row.roles if row.roles is not None else [Role.PROSPECT],
            at=at,
            manager_id=manager_id,
            source=row.source,
            external_ref=row.external_ref,
        )
        partner = self._assignments.assigned(partner)
        self._new[row.external_ref] = partner
        self._keep(row.external_ref, partner, points or None)
        self._steps.append((row.external_ref, PartnerRegistered.of(partner)))
        return partner.id

    def _keep(self, ref: ExternalRef, partner: Partner, points: tuple[ContactPoint, ...] | None) -> None:
        self._known[ref] = partner
        (self._new if ref in self._new else self._changed)[ref] = partner
        if points is not None:
            self._points[partner.id] = self._new_points[ref] = points

    def _manager_id(self, ref: ExternalRef | None) -> UUID | None:
        if ref is None:
            return None
        manager = self._managers.get(ref)
        if manager is None:
            raise refuse(
                "NOT_FOUND", f"there is no manager {ref.id!r} of {ref.system}; import managers first", "managerRef"
            )
        return manager.id

    def write(self) -> dict[ExternalRef, UUID]:
        """Write and tell everything; give the references that another request took meanwhile."""
        partners = Partners(self._tx)
        raced = partners.add_all(list(self._new.values()))
        partners.save(list(self._changed.values()))
        points = {self._known[ref].id: points for ref, points in self._new_points.items() if ref not in raced}
        if points:
            ContactPoints(self._tx, self._actor).replace(points)
        Changes(self._tx, self._actor).record_all(change for ref, change in self._history if ref not in raced)
        tell(self._tx, *(event for ref, event in self._steps if ref not in raced))
        told = {self._known[ref].id for ref, _ in self._steps if ref not in raced}
        look_for_duplicates(self._tx, sorted(told))
        return raced
