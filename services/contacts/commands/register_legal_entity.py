"""Register a legal entity, behind a partner or by itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.inputs import LegalEntityInput, today
from services.contacts.commands.saving import save_change
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.links import EntityLink
from services.contacts.domain.partner import Partner
from services.contacts.domain.problems import Problems
from services.contacts.events import LegalEntityRegistered
from services.contacts.storage.legal_entities import LegalEntities, tax_id_taken
from services.contacts.storage.legal_entity_view import legal_entity_view
from services.contacts.storage.links import Links
from services.contacts.storage.partners import Partners


@dataclass(frozen=True, kw_only=True)
class RegisterLegalEntity(LegalEntityInput):
    """Ask that a legal entity be registered; with a partner it stands behind that one from the beginning."""

    partner_id: UUID | None = None


def register_legal_entity(command: RegisterLegalEntity, tx: Transaction, actor: Actor) -> Json:
    """Register an entity and answer it; raise Refused with TAX_ID_TAKEN where another has its tax id."""
    problems = Problems()
    entity: LegalEntity | None = None
    partner: Partner | None = None
    with problems.under():
        entity = command.read(today(tx))
    with problems.under():
        partner = Partners(tx).lock(command.partner_id, actor) if command.partner_id is not None else None
    problems.settle()
    assert entity is not None
    holder = LegalEntities(tx).add([entity])[entity.id]
    if holder != entity.id:
        raise tax_id_taken(entity, holder)
    tx.emit(LegalEntityRegistered.of(entity, tx.now))
    if partner is not None:
        link = EntityLink.of(partner.id, entity.id, role=command.role)
        Links(tx.connection).put_entities(partner.id, [link])
        save_change(partner, partner, {"legal_entities": (None, link)}, tx, actor)
    return legal_entity_view(tx, entity.id)
