"""By what a person is named, and where, so that the others take it out of their own texts before the person is erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.ids import kind_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.domain.erasure import reason_of_erasure
from services.contacts.domain.kinds import CLAIM, DEAL, PARTNER
from services.contacts.storage.merged import one_with
from services.contacts.storage.persons import Persons
from services.contacts.storage.tables import interaction_links, partner_legal_entities
from services.contacts.storage.traces import Traces


@dataclass(frozen=True, kw_only=True)
class TracesOfPerson:
    """Ask by what a person is named, and whose deals and claims may name them; with a reason, to erase them for it."""

    person_id: UUID
    reason: str | None = None
    expected_version: int | None = None


def traces_of_person(query: TracesOfPerson, reading: Reading, actor: Actor) -> Json:
    """Give names, addresses and numbers of a person, and the partners, deals and claims whose texts may hold these.

    Raise Forbidden without the scope, or Refused as erasing the person would be.
    """
    actor.require("privacy")
    if query.reason is not None:
        reason_of_erasure(query.reason)
    person = Persons(reading).read(
        query.person_id, actor, expected_version=query.expected_version, named="person"
    )  # fmt: skip
    traces, connection = Traces(reading.connection, person), reading.connection
    about = _talked_about(connection, traces.interaction_ids)
    return {
        "words": traces.words,
        "phones": traces.phones,
        "partner_ids": _partners(connection, traces.owners),
        "deal_ids": [id for id in about if kind_of(id) == DEAL],
        "claim_ids": [id for id in about if kind_of(id) == CLAIM],
    }


def _partners(connection: sa.Connection, owner_ids: Collection[UUID]) -> list[UUID]:
    """Give the partners among some owners and behind them, with all that are one with these."""
    link = partner_legal_entities.c
    behind = sa.select(link.partner_id).where(link.legal_entity_id.in_(owner_ids))
    partner_ids = {*(id for id in owner_ids if kind_of(id) == PARTNER), *connection.execute(behind).scalars()}
    return sorted(connection.execute(one_with(partner_ids)).scalars())


def _talked_about(connection: sa.Connection, interaction_ids: Collection[UUID]) -> list[UUID]:
    link = interaction_links.c
    read = sa.select(link.thing_id).where(link.interaction_id.in_(interaction_ids)).distinct()
    return sorted(connection.execute(read).scalars())
