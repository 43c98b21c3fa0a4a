"""Assignment: the rules, and whose turn it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Transaction
from chassis.wire import Json, parse, plain
from services.contacts.domain.assignment import Assignment, AssignmentRule, next_turn
from services.contacts.domain.partner import Partner
from services.contacts.storage.sql import insert_new
from services.contacts.storage.tables import assignment, assignment_turns, managers

_ONLY = 1


class Assignments:
    """Who gets new partners, as one transaction sees it."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection
        self._rules: Assignment | None = None

    def lock(self) -> Assignment:
        """Read the rules and hold them until the commit."""
        insert_new(self._connection, assignment, [{"id": _ONLY, "version": 0, "rules": []}], "id")
        row = self._connection.execute(sa.select(assignment).where(assignment.c.id == _ONLY).with_for_update()).one()
        return _assignment(row.version, row.rules)

    def save(self, changed: Assignment) -> None:
        """Write rules that were read before."""
        row = {"version": changed.version, "rules": plain(changed.rules)}
        self._connection.execute(assignment.update().where(assignment.c.id == _ONLY).values(row))

    def assigned(self, partner: Partner, countries: Collection[str] = ()) -> Partner:
        """Give a new partner to whom the first rule that takes it says; as it is, where it has a manager or none does."""
        if partner.manager_id is not None:
            return partner
        if self._rules is None:
            self._rules = read_rules(self._connection)
        for rule in self._rules.rules:
            if rule.takes(partner, countries):
                manager_id = rule.manager_id if rule.team_id is None else self._turn(rule.team_id)
                if manager_id is not None:  # nobody may be in the team any more
                    return replace(partner, manager_id=manager_id)
        return partner

    def _turn(self, team_id: UUID) -> UUID | None:
        turns = assignment_turns.c
        insert_new(self._connection, assignment_turns, [{"team_id": team_id, "manager_id": None}], "team_id")
        # held until the commit: of two that come at once the second one sees whose turn the first one took
        last = sa.select(turns.manager_id).where(turns.team_id == team_id).with_for_update()
        order = (managers.c.name_search, managers.c.id)
        team = sa.select(managers.c.id).where(managers.c.team_id == team_id).order_by(*order)
        turn = next_turn(
            list(self._connection.execute(team).scalars()), self._connection.execute(last).scalar_one()
        )  # fmt: skip
        this = assignment_turns.update().where(turns.team_id == team_id)
        self._connection.execute(this.values(manager_id=turn))
        return turn


def read_rules(connection: sa.Connection) -> Assignment:
    """Read the rules without holding them."""
    row = connection.execute(sa.select(assignment).where(assignment.c.id == _ONLY)).first()
    return _assignment(row.version, row.rules) if row is not None else Assignment()


def _assignment(version: int, rules: Json) -> Assignment:
    return Assignment(version=version, rules=parse(tuple[AssignmentRule, ...], rules))
