"""What is written of deals that names a person, for the person to have."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.redaction import Redaction
from chassis.store.database import Reading
from chassis.store.erasing import texts_naming
from chassis.wire import Json
from services.deals.storage.person_texts import person_texts


@dataclass(frozen=True, kw_only=True)
class TextsAboutPerson:
    """Ask where names, addresses or numbers stand in what is written about some deals, and about all of some partners."""

    words: list[str]
    phones: list[str]
    partner_ids: list[UUID]
    deal_ids: list[UUID]


def texts_about_person(query: TextsAboutPerson, reading: Reading, actor: Actor) -> Json:
    """Give these texts; raise Forbidden without the scope."""
    actor.require("privacy")
    redact = Redaction.of(query.words, query.phones).text
    return {
        "texts": [
            text
            for table, which, names in person_texts(query.partner_ids, query.deal_ids)
            for text in texts_naming(reading.connection, table, which, *names, redact=redact)
        ]
    }
