"""The parts that several commands take, and how the domain reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from services.contacts.domain.contact_point import ContactPoint, ContactPointKind, contact_list
from services.contacts.domain.legal_entity import LegalEntity, known_country
from services.contacts.domain.person import ContactPerson
from services.contacts.domain.problems import Problems


@dataclass(frozen=True, kw_only=True)
class ContactPointInput:
    """A way to reach someone, as it was typed; `country` is that of a national phone number."""

    kind: ContactPointKind
    value: str
    primary: bool | None = None
    country: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContactPersonInput:
    """A person who works for a partner."""

    full_name: str
    job_title: str | None = None
    contact_points: list[ContactPointInput] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class LegalEntityInput:
    """A legal person; the registration reason code is Russia's KPP."""

    name: str
    country: str
    tax_id: str | None = None
    registration_reason_code: str | None = None


def read_points(given: Sequence[ContactPointInput], country: str) -> tuple[ContactPoint, ...]:
    """Read the contact points of one owner; raise Refused with all that does not fit."""
    problems, points = Problems(), []
    for place, one in enumerate(given):
        with problems.under("contactPoints", place):
            land = known_country(one.country, "country") if one.country else country
            points.append(ContactPoint.of(one.kind, one.value, country=land, primary=bool(one.primary)))
    with problems.under("contactPoints"):
        points = list(contact_list(points))
    problems.settle()
    return tuple(points)


def read_persons(given: Sequence[ContactPersonInput], country: str) -> tuple[ContactPerson, ...]:
    """Read contact persons; raise Refused with all that does not fit."""
    problems, persons = Problems(), []
    for place, one in enumerate(given):
        with problems.under("contactPersons", place):
            points = read_points(one.contact_points, country)
            persons.append(ContactPerson.of(one.full_name, one.job_title, points))
    problems.settle()
    return tuple(persons)


def read_legal_entities(given: Sequence[LegalEntityInput]) -> tuple[LegalEntity, ...]:
    """Read legal entities; raise Refused with all that does not fit."""
    problems, entities = Problems(), []
    for place, one in enumerate(given):
        with problems.under("legalEntities", place):
            entities.append(LegalEntity.of(one.name, one.country, one.tax_id, one.registration_reason_code))
    problems.settle()
    return tuple(entities)


def moment(occurred_at: datetime | None, tx: Transaction, actor: Actor) -> datetime:
    """Tell when a fact happened: now, or where an importer places it; raise Forbidden or Refused."""
    if occurred_at is None:
        return tx.now
    actor.require("import")
    if occurred_at.tzinfo is None:
        raise refuse("INVALID", "an instant has a zone: 2017-03-01T09:00:00Z", "occurredAt")
    if occurred_at > tx.now:
        raise refuse("OCCURRED_IN_FUTURE", "a fact cannot lie in the future", "occurredAt")
    return occurred_at
