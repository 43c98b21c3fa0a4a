"""Say that a legal entity stands behind a partner, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.saving import save_change
from services.contacts.domain.links import EntityLink, EntityRole
from services.contacts.storage.legal_entities import LegalEntities
from services.contacts.storage.links import Links
from services.contacts.storage.partner_view import partner_view
from services.contacts.storage.partners import Partners


@dataclass(frozen=True, kw_only=True)
class LinkLegalEntity:
    """Ask that a legal entity be put behind a partner; one that is there already gets the new facts.

    `expected_version` is the partner's.
    """

    partner_id: UUID
    legal_entity_id: UUID
    role: EntityRole | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    expected_version: int | None = None


def link_legal_entity(command: LinkLegalEntity, tx: Transaction, actor: Actor) -> Json:
    """Link an entity and answer the partner; where nothing differs nothing is written or told."""
    partner = Partners(tx).lock(command.partner_id, actor, expected_version=command.expected_version)
    entity = LegalEntities(tx).lock(command.legal_entity_id, actor)
    links = Links(tx.connection)
    before = links.entity(partner.id, entity.id)
    link = EntityLink.of(
        partner.id, entity.id, role=command.role, valid_from=command.valid_from, valid_to=command.valid_to
    )
    if link != before:
        links.put_entities(partner.id, [link])
        save_change(partner, partner, {"legal_entities": (before, link)}, tx, actor)
    return partner_view(tx, partner.id)
