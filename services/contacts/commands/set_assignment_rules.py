"""Say to whom new partners go that come without a manager."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.assignment import AssignmentRule
from services.contacts.domain.problems import Problems
from services.contacts.storage.assignment import Assignments
from services.contacts.storage.staff import Staff


@dataclass(frozen=True, kw_only=True)
class SetAssignmentRules:
    """Ask that these be the rules, asked in this order, in the place of those that are."""

    rules: list[AssignmentRule]
    expected_version: int | None = None


def set_assignment_rules(command: SetAssignmentRules, tx: Transaction, actor: Actor) -> Json:
    """Put rules in the place of those that are, and answer them; raise Refused with everything that does not fit."""
    actor.require("lists")
    assignments, staff, problems = Assignments(tx), Staff(tx.connection), Problems()
    held = assignments.lock()
    if command.expected_version not in (None, held.version):
        message = f"someone changed the rules: they are at version {held.version} now; read them again"
        raise refuse("CONFLICT", message, "expectedVersion")
    with problems.under():
        held = held.ruled_by(command.rules)
    for place, rule in enumerate(command.rules):
        with problems.under("rules", place):
            staff.check_manager(rule.manager_id, "manager")
        with problems.under("rules", place):
            staff.check_team(rule.team_id, "team")
    problems.settle()
    assignments.save(held)
    return {"version": held.version, "rules": held.rules}
