"""Detach a reference to a file."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import file_json
from services.deals.storage.deals import Deals
from services.deals.storage.documents import deal_of_document
from services.deals.storage.files import read_files, save_detached
from services.deals.storage.tables import files


@dataclass(frozen=True, kw_only=True)
class DetachFile:
    """Say that a file is no document of its deal any more."""

    file_id: UUID


def detach_file(command: DetachFile, tx: Transaction, actor: Actor) -> Json:
    """Detach a reference, which stays for the record; answer the reference."""
    deal_of_document(tx, Deals(tx, actor), files, command.file_id, "file", "file")
    found = read_files(tx.connection, files.c.id == command.file_id)
    if not found:
        raise refuse("ALREADY_DETACHED", "the file is detached already", "file")
    save_detached(tx, command.file_id)
    return file_json(found[0]._mapping)
