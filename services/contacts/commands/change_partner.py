"""Change what is known of a partner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.absent import ABSENT, Absent
from services.contacts.commands.inputs import (
    ContactPersonInput,
    ContactPointInput,
    GivenPerson,
    read_persons,
    read_points,
    today,
)
from services.contacts.commands.owners import country_of
from services.contacts.commands.rewrite_persons import rewrite_persons
from services.contacts.commands.saving import save_change
from services.contacts.domain.contact_point import ContactPoint, recognise_points
from services.contacts.domain.partner import Partner, Role
from services.contacts.domain.problems import Problems
from services.contacts.storage.changes import Lists
from services.contacts.storage.contact_points import ContactPoints, short
from services.contacts.storage.merged import groups_of
from services.contacts.storage.partner_view import partner_view
from services.contacts.storage.partners import Partners
from services.contacts.storage.staff import Staff


@dataclass(frozen=True, kw_only=True)
class ChangePartner:
    """Ask that a partner's facts be changed; what is not given stays, lists are given whole."""

    partner_id: UUID
    expected_version: int | None = None
    name: str | Absent = ABSENT
    roles: list[Role] | Absent = ABSENT
    manager_id: UUID | Absent | None = ABSENT
    parent_id: UUID | Absent | None = ABSENT
    contact_points: list[ContactPointInput] | Absent = ABSENT
    contact_persons: list[ContactPersonInput] | Absent = ABSENT


def change_partner(command: ChangePartner, tx: Transaction, actor: Actor) -> Json:
    """Change a partner and answer it; where nothing differs nothing is written or told."""
    partners = Partners(tx)
    if command.parent_id is not ABSENT:
        partners.hold_tree()
    before = after = partners.lock(command.partner_id, actor, expected_version=command.expected_version)
    problems = Problems()
    with problems.under():
        _check_lists(command, tx)
    points: tuple[ContactPoint, ...] | None = None
    persons: tuple[GivenPerson, ...] | None = None
    country = country_of(before, tx)
    with problems.under():
        after = _revised(before, command, tx, actor)
    with problems.under():
        if command.contact_points is not ABSENT:
            points = read_points(command.contact_points, country)
    with problems.under():
        if command.contact_persons is not ABSENT:
            persons = read_persons(command.contact_persons, country, today(tx))
    problems.settle()
    lists = _rewrite_points(before.id, points, tx, actor) if points is not None else {}
    if persons is not None:
        lists = {**lists, **rewrite_persons(before.id, persons, today(tx), tx, actor)}
    save_change(before, after, lists, tx, actor)
    return partner_view(tx, before.id)


def _revised(partner: Partner, command: ChangePartner, tx: Transaction, actor: Actor) -> Partner:
    problems = Problems()
    if command.name is not ABSENT:
        with problems.under():
            partner = partner.renamed(command.name)
    if command.roles is not ABSENT:
        with problems.under():
            partner = partner.in_roles(command.roles)
    if command.manager_id is not ABSENT:
        with problems.under():
            Staff(tx.connection).check_manager(command.manager_id, "manager")
            partner = replace(partner, manager_id=command.manager_id)
    if command.parent_id is not ABSENT:
        with problems.under():
            partner = partner.within(command.parent_id, Partners(tx).above(command.parent_id, actor))
    problems.settle()
    return partner


def _check_lists(command: ChangePartner, tx: Transaction) -> None:
    """Raise Refused for whole lists of one with whom others were merged: whose each entry is, they do not say."""
    problems = Problems()
    for field, given, instead in (
        ("contactPoints", command.contact_points, "addContactPoint, changeContactPoint and endContactPoint"),
        ("contactPersons", command.contact_persons, "linkContactPerson, changeContactPerson and unlinkContactPerson"),
    ):
        if given is not ABSENT and len(groups_of(tx.connection, [command.partner_id])[command.partner_id]) > 1:
            with problems.under():
                raise refuse("UNITED_LIST", f"other partners were merged into this one; use {instead}", field)
    problems.settle()


def _rewrite_points(partner_id: UUID, given: tuple[ContactPoint, ...], tx: Transaction, actor: Actor) -> Lists:
    """Write the list of contact points where it differs, and give what it was and is."""
    book = ContactPoints(tx, actor)
    known = book.of(partner_id)
    points = recognise_points(known, given)
    if points == known:
        return {}
    book.replace({partner_id: points})
    return {"contact_points": (short(known), short(points))}
