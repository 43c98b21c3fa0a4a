"""Where deals stood after each of their facts, written down as facts come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.wire import encode
from services.reporting.domain.deals.history import CORRECTIONS, Fact, Standing, unfold
from services.reporting.domain.period import month_number, month_of
from services.reporting.storage.deals.states import written
from services.reporting.storage.moment import FOREVER
from services.reporting.storage.scope import among
from services.reporting.storage.tables import assortments, deal_moments, deal_standings
from services.reporting.storage.writing import add_up, change, delete, insert, keep_all

Row = dict[str, Any]


class Moments:
    """Gathers the rows of several deals, to write them together."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._rows: list[Row] = []
        self._ended: list[Row] = []
        self._gone: list[UUID] = []
        self._uses: Counter[int] = Counter()
        self._standings: dict[int, Row] = {}
        self._assortments: dict[int, Sequence[str]] = {}

    def go_on(self, deal_id: UUID, last: int | None, told: Iterable[tuple[Fact, Standing]]) -> None:
        """Note facts of a deal that follow the one with the sequence `last`, each with the deal as it stands after it.

        All of them have to lie regularly. `last` is None where nothing of the deal is written. The last one may take away
        that the deal counts: then all have to be told anew.
        """
        row: Row | None = None
        first = len(self._rows)
        for fact, standing in told:
            if fact.kind in CORRECTIONS:
                for written_one in self._rows[first:]:
                    written_one["gone_recorded_at"] = fact.recorded_at
                return
            end = {"next_occurred_at": fact.occurred_at, "next_recorded_at": fact.recorded_at}
            if row is not None:
                row |= end
            elif last is not None:
                self._ended.append({"deal_id": deal_id, "sequence": last, **end})
            row = self._row(deal_id, fact, standing)
            self._uses[row["standing_id"]] += 1
            self._rows.append(row)

    def forget(self, deal_id: UUID, ordered: Sequence[Fact]) -> None:
        """Note that nothing written of a deal holds any more: it was written of these facts."""
        self._gone.append(deal_id)
        for fact, standing in unfold(ordered):
            if fact.kind not in CORRECTIONS:
                self._uses[self._standing(standing)] -= 1

    def keep_products(self, facts: Iterable[Fact]) -> None:
        """Note what facts are about, those of irregular deals too."""
        for fact in facts:
            if fact.products:
                self._assortments[assortment_id(fact.products)] = fact.products

    def write(self, connection: sa.Connection) -> None:
        """Write what was gathered."""
        if self._gone:
            connection.execute(deal_moments.delete().where(among(connection, deal_moments.c.deal_id, self._gone)))
        change(connection, deal_moments, self._ended)
        insert(connection, deal_moments, self._rows)
        used = [{**self._standings[id], "uses": uses} for id, uses in sorted(self._uses.items()) if uses]
        add_up(connection, deal_standings, used)
        delete(connection, deal_standings, [{"id": id} for id, uses in self._uses.items() if uses < 0], ("uses",))
        keep_all(
            connection,
            assortments,
            [
                {"id": id, "product": product}
                for id, products in sorted(self._assortments.items())
                for product in products
            ],
        )

    def _row(self, deal_id: UUID, fact: Fact, standing: Standing) -> Row:
        return {
            "occurred_at": fact.occurred_at,
            "recorded_at": fact.recorded_at,
            "next_occurred_at": FOREVER,
            "next_recorded_at": FOREVER,
            "created_at": standing.created_at,
            "standing_id": self._standing(standing),
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
            "competitor_id": standing.competitor_id,
            "currency": standing.currency,
            "amount_minor": standing.amount_minor,
            "planned_start_on": standing.planned_start_on,
            "expected_close_on": standing.expected_close_on,
            "probability": written(standing.probability),
            "dwelling_since": standing.dwelling_since,
            "dwelt": standing.dwelt,
            "gone_recorded_at": None,
            "active_at": standing.active_at if standing.active_at != fact.occurred_at else None,
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
            "held": standing.held,
            "untouched": standing.is_untouched,
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
