"""Say that a legal entity stands behind a partner no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.inputs import today
from services.contacts.commands.saving import save_change
from services.contacts.storage.links import Links
from services.contacts.storage.merged import groups_of
from services.contacts.storage.partner_view import partner_view
from services.contacts.storage.partners import Partners


@dataclass(frozen=True, kw_only=True)
class UnlinkLegalEntity:
    """Ask that a legal entity's link to a partner end; `valid_to` is today if not given.

    `expected_version` is the partner's.
    """

    partner_id: UUID
    legal_entity_id: UUID
    valid_to: date | None = None
    expected_version: int | None = None


def unlink_legal_entity(command: UnlinkLegalEntity, tx: Transaction, actor: Actor) -> Json:
    """End an entity's link and answer the partner; raise Refused with NOT_FOUND where there is none that holds."""
    partner, links = (
        Partners(tx).lock(command.partner_id, actor, expected_version=command.expected_version),
        Links(tx.connection),
    )
    known = (links.entity(one, command.legal_entity_id) for one in groups_of(tx.connection, [partner.id])[partner.id])
    holding = (one for one in known if one is not None and (one.valid_to is None or one.valid_to > today(tx)))
    link = next(holding, None)
    if link is None:
        raise refuse("NOT_FOUND", "this legal entity does not stand behind the partner; nothing ends", "legalEntity")
    ended = link.end(command.valid_to or today(tx))
    links.put_entities(link.partner_id, [ended])
    save_change(partner, partner, {"legal_entities": (link, ended)}, tx, actor)
    return partner_view(tx, partner.id)
