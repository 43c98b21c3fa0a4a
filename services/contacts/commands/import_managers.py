"""Take managers over from elsewhere, a few hundred at once, with the teams they are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.bulk import Outcome, Outcomes
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.staff import Manager, Team, checked_email
from services.contacts.domain.text import line, name_key, optional_line
from services.contacts.events import ManagerChanged, ManagerRegistered, TeamRegistered
from services.contacts.storage.staff import Staff


@dataclass(frozen=True, kw_only=True)
class ImportManagers:
    """Ask that rows of managers be taken over; each is read by itself."""

    rows: list[Json]


@dataclass(frozen=True, kw_only=True)
class ManagerRow:
    """One manager; `team` is the name of a team, which is made when it is new. What is missing stays as it is."""

    external_ref: ExternalRef
    name: str
    email: str | None = None
    team: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", line(self.name, "name"))
        object.__setattr__(self, "email", checked_email(self.email))
        object.__setattr__(self, "team", optional_line(self.team, "team"))


def import_managers(command: ImportManagers, tx: Transaction, actor: Actor) -> Json:
    """Take over managers; the same reference again finds the manager and writes only what is new."""
    actor.require("import")
    outcomes = Outcomes(command.rows)
    rows = outcomes.parse(ManagerRow)
    staff = Staff(tx.connection)
    teams = _teams(staff, tx, [row.team for _, row in rows if row.team])
    known = staff.lock_managers(row.external_ref for _, row in rows)
    batch = _Batch(known)
    for place, row in rows:
        team_id = teams[name_key(row.team)] if row.team else None
        batch.take(row, team_id, place, outcomes)
    outcomes.refuse_raced(batch.write(staff, tx), batch.places)
    return outcomes.to_json()


class _Batch:
    """The managers as they are after the rows so far; written all at once."""

    def __init__(self, known: dict[ExternalRef, Manager]) -> None:
        self._known = known
        self._new: dict[ExternalRef, Manager] = {}
        self._changed: dict[ExternalRef, Manager] = {}
        self._steps: list[tuple[ExternalRef, Manager]] = []
        self.places: dict[ExternalRef, list[int]] = defaultdict(list)

    def take(self, row: ManagerRow, team_id: UUID | None, place: int, outcomes: Outcomes) -> None:
        ref = row.external_ref
        self.places[ref].append(place)
        before = self._known.get(ref)
        if before is None:
            manager = Manager.register(row.name, email=row.email, team_id=team_id, external_ref=ref)
            self._known[ref] = self._new[ref] = manager
            self._steps.append((ref, manager))
            return outcomes.done(place, Outcome.CREATED, manager.id)
        after = replace(before, name=row.name, email=row.email or before.email, team_id=team_id or before.team_id)
        if after == before:
            return outcomes.done(place, Outcome.UNCHANGED, before.id)
        after = replace(after, version=before.version + 1)
        self._known[ref] = after
        (self._new if ref in self._new else self._changed)[ref] = after
        self._steps.append((ref, after))
        return outcomes.done(place, Outcome.UPDATED, after.id)

    def write(self, staff: Staff, tx: Transaction) -> dict[ExternalRef, UUID]:
        """Write and tell everything; give the references that another request took meanwhile."""
        raced = staff.add_managers(list(self._new.values()))
        staff.save_managers(list(self._changed.values()))
        for ref, manager in self._steps:
            if ref not in raced:
                kind = ManagerRegistered if manager.version == 1 else ManagerChanged
                tx.emit(kind.of(manager, tx.now))
        return raced


def _teams(staff: Staff, tx: Transaction, names: Iterable[str]) -> dict[str, UUID]:
    """Find the teams of these names, by name key; make those that are not there."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(name_key(name), name)
    found = staff.teams_by_names(wanted.values())
    missing = [Team.register(name) for key, name in wanted.items() if key not in found]
    if not missing:
        return found
    found = staff.add_teams(missing)
    for team in missing:
        if found[name_key(team.name)] == team.id:  # not one that another request has just made
            tx.emit(TeamRegistered.of(team, tx.now))
    return staff.teams_by_names(wanted.values())
