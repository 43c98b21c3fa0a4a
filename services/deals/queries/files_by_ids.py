"""The files by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import file_json
from services.deals.queries.rows_of_deals import of_reached_deals
from services.deals.storage.files import read_files
from services.deals.storage.tables import files


@dataclass(frozen=True, kw_only=True)
class FilesByIds:
    """Ask for the files."""

    ids: list[UUID]


def files_by_ids(query: FilesByIds, reading: Reading, actor: Actor) -> Json:
    """Give the files in the order of the ids; null for one that is not there or not within reach."""
    c = files.c
    rows = read_files(reading.connection, c.id.in_(query.ids), *of_reached_deals(actor, c.deal_id))
    found = {one.id: file_json(one._mapping) for one in rows}
    return {"nodes": [found.get(one_id) for one_id in query.ids]}
