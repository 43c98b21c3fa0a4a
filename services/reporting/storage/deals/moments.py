"""Where deals stood after each of their facts, written down as facts come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.wire import encode
from services.reporting.domain.deals.history import Fact, Standing, is_regular, unfold
from services.reporting.domain.period import month_number, month_of
from services.reporting.storage.scope import among
from services.reporting.storage.tables import assortments, deal_moments, deal_standings
from services.reporting.storage.writing import add_up, delete, keep_all, write

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)

Row = dict[str, Any]


class Moments:
    """Gathers the rows of several deals, to write them together."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._rows: list[Row] = []
        self._gone: list[UUID] = []
        self._uses: Counter[int] = Counter()
        self._standings: dict[int, Row] = {}
        self._assortments: dict[int, Sequence[str]] = {}

    def change(self, deal_id: UUID, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        """Note the facts of a deal that were known and those that are, both in their order; only rows that change are written."""
        was, is_now = bool(before) and is_regular(before), is_regular(after)
        for fact in after:
            if fact.products:
                self._assortments[assortment_id(fact.products)] = fact.products
        known = {fact.sequence for fact in before}
        new = next(place for place, fact in enumerate(after) if fact.sequence not in known)
        if was and not is_now:
            self._gone.append(deal_id)
            self._use(before, -1)
        elif is_now:
            if was and new < len(before):
                self._use(before, -1, new)
            self._rows += self._rows_of(deal_id, after, max(new - 1, 0) if was else 0, new if was else 0)

    def write(self, connection: sa.Connection) -> None:
        """Write what was gathered."""
        if self._gone:
            connection.execute(deal_moments.delete().where(among(connection, deal_moments.c.deal_id, self._gone)))
        write(connection, deal_moments, self._rows)
        used = [{**self._standings[id], "uses": uses} for id, uses in sorted(self._uses.items()) if uses]
        add_up(connection, deal_standings, used)
        lessened = [(id,) for id, uses in self._uses.items() if uses < 0]
        delete(connection, [deal_standings.c.id], lessened, deal_standings.c.uses == 0)
        keep_all(
            connection,
            assortments,
            [
                {"id": id, "product": product}
                for id, products in sorted(self._assortments.items())
                for product in products
            ],
        )

    def _use(self, facts: Sequence[Fact], more: int, first: int = 0) -> None:
        for place, (_, standing) in enumerate(unfold(facts)):
            if place >= first:
                self._uses[self._standing(standing)] += more

    def _rows_of(self, deal_id: UUID, facts: Sequence[Fact], first: int, new: int) -> Iterator[Row]:
        """Give rows from a place on; those from `new` on are more than there were."""
        for place, (fact, standing) in enumerate(unfold(facts)):
            if place < first:
                continue
            standing_id = self._standing(standing)
            if place >= new:
                self._uses[standing_id] += 1
            following = facts[place + 1] if place + 1 < len(facts) else None
            yield {
                "occurred_at": fact.occurred_at,
                "recorded_at": fact.recorded_at,
                "next_occurred_at": following.occurred_at if following else FOREVER,
                "next_recorded_at": following.recorded_at if following else FOREVER,
                "created_at": standing.created_at,
                "standing_id": standing_id,
                "base_minor": standing.base_minor or 0,
                "deal_id": deal_id,
                "sequence": fact.sequence,
                "unconverted": standing.is_unconverted,
                "closed_month": month_number(month_of(standing.closed_at, self._zone)) if standing.closed_at else None,
                "closed_at": standing.closed_at,
                "cycle": standing.cycle_micros,
                "assortment_id": assortment_id(standing.products) if standing.products else None,
                "manager_id": standing.manager_id,
                "partner_id": standing.partner_id,
            }

    def _standing(self, standing: Standing) -> int:
        """Give the id of a way in which deals stand, and keep its row."""
        row: Row = {
            "process_id": standing.process_id,
            "process_key": standing.process_key,
            "outcome": standing.outcome.value,
            "stage": standing.stage,
            "highest_stage": standing.highest_stage,
            "loss_reason": standing.loss_reason,
            "entered": encode(sorted(standing.stages)).decode(),
        }
        id = _number(row)
        self._standings.setdefault(id, {"id": id, **row})
        return id


def assortment_id(products: Sequence[str]) -> int:
    """Give the id of a set of products, in their order."""
    return _number({"products": products})


def _number(of: Mapping[str, Any]) -> int:
    """Give a number that follows from some values, and in all likelihood from no others: 64 bits of a hash."""
    return int.from_bytes(blake2b(encode(of), digest_size=8).digest(), "big", signed=True)
