"""Attach a reference to a file to a deal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import file_json
from services.deals.domain.kinds import FILE
from services.deals.storage.deals import Deals
from services.deals.storage.files import add_file

_SCRIPTS = ("javascript:", "vbscript:", "data:")  # a client would run them as the user clicks
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"

FileName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=_PRINTABLE)]
MediaType = Annotated[str, StringConstraints(max_length=127, pattern=r"^[\w!#$&^.+-]+/[\w!#$&^.+-]+$")]
Location = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=_PRINTABLE)]
Sha256 = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[0-9a-fA-F]{64}$")]


@dataclass(frozen=True, kw_only=True)
class AttachFile:
    """Say where a file of a deal lies: a URL, or the key of a store; the contents stay there."""

    deal_id: UUID
    name: FileName
    media_type: MediaType
    size: Annotated[int, Field(ge=0, le=2**53)]
    location: Location
    sha256: Sha256 | None = None


def attach_file(command: AttachFile, tx: Transaction, actor: Actor) -> Json:
    """Attach a reference to a deal, which may be closed; answer the reference."""
    if command.location.lower().startswith(_SCRIPTS):
        raise refuse(
            "INVALID", "say where the file is kept, like https://files.example.com/1 or s3://bucket/1", "location"
        )
    deal = Deals(tx, actor).get(command.deal_id)
    row = {
        "id": new_id(FILE),
        "deal_id": deal.id,
        "name": command.name,
        "media_type": command.media_type,
        "bytes": command.size,
        "location": command.location,
        "sha256": command.sha256,
        "attached_on": day_of(tx.now, tx.enterprise.zone),
        "attached_at": tx.now,
        "attached_by": actor.subject[:200],
    }
    add_file(tx, row)
    return file_json(row)
