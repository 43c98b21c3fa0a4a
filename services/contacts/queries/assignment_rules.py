"""To whom new partners go."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.assignment import read_rules


@dataclass(frozen=True, kw_only=True)
class AssignmentRules:
    """Ask for the rules of assignment."""


def assignment_rules(_query: AssignmentRules, reading: Reading, _actor: Actor) -> Json:
    """Give the rules in the order in which they are asked, which all of the enterprise may know."""
    held = read_rules(reading.connection)
    return {"version": held.version, "rules": held.rules}
