"""How long deals had been at their stages, written down as facts come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.history import Fact, Standing
from services.reporting.storage.moment import FOREVER
from services.reporting.storage.scope import among
from services.reporting.storage.tables import deal_stays
from services.reporting.storage.writing import change, insert

Row = dict[str, Any]
_Key = tuple[UUID, str, int]


class Stays:
    """Gathers the rows of several deals, to write them together."""

    def __init__(self) -> None:
        self._rows: dict[_Key, Row] = {}
        self._no_more: list[Row] = []
        self._gone: list[UUID] = []

    def noting(
        self, deal_id: UUID, before: Standing | None, told: Iterable[tuple[Fact, Standing]]
    ) -> Iterator[tuple[Fact, Standing]]:
        """Note the stays of a deal that facts end or take up again, while it is told how the deal stands after each of them.

        `before` is how it stood, None where nothing of it is written.
        """
        over = _over(before) if before is not None else {}
        for fact, standing in told:
            was, over = over, _over(standing)
            for stage, ended in was.items():
                if over.get(stage) != ended:
                    self._end((deal_id, stage, ended), fact)
            for stage, ended in over.items():
                if was.get(stage) != ended:
                    self._rows[deal_id, stage, ended] = _row(deal_id, stage, fact, standing)
            yield fact, standing

    def forget(self, deal_id: UUID) -> None:
        """Note that nothing written of a deal holds any more."""
        self._gone.append(deal_id)

    def write(self, connection: sa.Connection) -> None:
        """Write what was gathered."""
        if self._gone:
            connection.execute(deal_stays.delete().where(among(connection, deal_stays.c.deal_id, self._gone)))
        change(connection, deal_stays, self._no_more)
        insert(connection, deal_stays, list(self._rows.values()))

    def _end(self, key: _Key, fact: Fact) -> None:
        until = {"until_occurred_at": fact.occurred_at, "until_recorded_at": fact.recorded_at}
        if key in self._rows:
            self._rows[key] |= until
        else:
            self._no_more.append({**dict(zip(("deal_id", "stage", "sequence"), key, strict=True)), **until})


def _over(standing: Standing) -> dict[str, int]:
    return {stage: spent.over for stage, spent in standing.stages.items() if spent.over is not None}


def _row(deal_id: UUID, stage: str, fact: Fact, standing: Standing) -> Row:
    return {
        "occurred_at": fact.occurred_at,
        "recorded_at": fact.recorded_at,
        "until_occurred_at": FOREVER,
        "until_recorded_at": FOREVER,
        "dwell": standing.stages[stage].dwell_micros,
        "deal_id": deal_id,
        "sequence": fact.sequence,
        "stage": stage,
    }
