"""What partners prefer and what they asked for, as known of a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.storage.scope import Moment
from services.reporting.storage.tables import interest_facts, preference_facts

_p, _i = preference_facts.c, interest_facts.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferred:
    """What a partner prefers on a day; the weight is in ten-thousandths."""

    id: UUID
    kind: str
    key: str
    weight: int | None
    source: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What a partner asked for, in minor units where that is known, and what became of it."""

    status: str
    currency: str | None
    amount_minor: int | None


def preferred(
    connection: sa.Connection, partner_ids: Collection[UUID], on: date, known_at: datetime | None
) -> list[Preferred]:
    """Give what holds on a day, by kind, what counts most first.

    A preference says itself from when to when it holds: it counts on each of these days as soon as it is known.
    """
    known = [_p.recorded_at <= known_at] if known_at is not None else []
    statement = sa.select(preference_facts).where(_p.partner_id.in_(partner_ids), *known)
    found = []
    for of_one in _each(connection.execute(statement.order_by(_p.preference_id, _p.sequence)), "preference_id"):
        first, last = of_one[0], of_one[-1]
        starts = first.valid_from
        if starts is not None and starts <= on and (last.valid_to is None or on < last.valid_to):
            found.append(
                Preferred(
                    id=first.preference_id, kind=first.kind, key=first.key, weight=first.weight, source=first.source,
                    valid_from=starts, valid_to=last.valid_to,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.kind, -(one.weight or 0), one.key, one.id))


def interests(connection: sa.Connection, partner_ids: Collection[UUID], moment: Moment) -> list[Interest]:
    """Give what partners asked for, as it stood at a moment."""
    statement = sa.select(interest_facts).where(_i.partner_id.in_(partner_ids), *moment.until(interest_facts))
    return [
        Interest(status=of_one[-1].status, currency=of_one[0].currency, amount_minor=of_one[0].amount_minor)
        for of_one in _each(connection.execute(statement.order_by(_i.interest_id, _i.sequence)), "interest_id")
    ]


def _each(rows: Iterable[Any], key: str) -> Iterable[list[Any]]:
    return (list(of_one) for _, of_one in groupby(rows, key=lambda row: getattr(row, key)))
