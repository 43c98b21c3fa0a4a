"""The files of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import file_json
from services.deals.queries.rows_of_deals import shown_under
from services.deals.storage.files import read_files
from services.deals.storage.tables import files


@dataclass(frozen=True, kw_only=True)
class FilesOfDeals:
    """Ask for the files of deals."""

    deal_ids: list[UUID]


def files_of_deals(query: FilesOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the files of each deal, the oldest first; none for a deal that is not within reach."""
    shown = shown_under(reading, actor, query.deal_ids)
    found = read_files(reading.connection, files.c.deal_id.in_(shown))
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for one in found:
        for deal_id in shown[one.deal_id]:
            by_deal[deal_id].append(file_json(one._mapping))
    return {"files": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
