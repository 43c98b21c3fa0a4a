"""What clients wrote and were told, and how long they waited for answers, written down as interactions are heard of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.settings import Enterprise
from services.reporting.domain.managers.responses import Wait, Word, place_of, waits
from services.reporting.domain.period import month_of
from services.reporting.domain.spread import BRANCHES, ROOT, paths_of
from services.reporting.storage.moment import FOREVER, NEVER
from services.reporting.storage.rollup import Counts, Key, Rollup
from services.reporting.storage.scope import among
from services.reporting.storage.tables import client_words, interaction_facts, response_counts, response_waits
from services.reporting.storage.writing import Row, delete, insert, keep_all

_c, _w = client_words.c, response_waits.c
_ONE_AT = [tuple(int(place == branch) for place in range(BRANCHES)) for branch in range(BRANCHES)]
_KEY = [str(column.name) for column in response_waits.primary_key]


def record_words(
    connection: sa.Connection, enterprise: Enterprise, rows: Sequence[Row], corrected: Collection[UUID]
) -> None:
    """Keep words, and note that others were corrected; bring the waits of those clients up to them.

    A word changes nothing before the last answer that came before it, nor after the next one: what lies between is read.
    """
    keep_all(connection, client_words, rows)
    ids = {row["interaction_id"] for row in rows} | set(corrected)
    _note_corrections(connection, ids)
    between = _between(connection, ids)
    said: dict[UUID, list[Word]] = defaultdict(list)
    for row in connection.execute(
        sa.select(client_words, between.c.next_at)
        .join(between, _c.partner_id == between.c.partner_id)
        .where(_c.corrected_at.is_(None), _c.occurred_at >= between.c.last_at, _c.occurred_at <= between.c.next_at)
    ):
        said[row.partner_id].append(word_of(row))
    ends = {row.partner_id: row.next_at for row in connection.execute(sa.select(between))}
    after = {
        (wait.partner_id, wait.began_at): _row(wait, enterprise)
        for partner_id, words in said.items()
        for wait in waits(words)
        if wait.began_at < ends[partner_id]
    }
    before = {
        (row.partner_id, row.began_at): row._asdict()
        for row in connection.execute(
            sa.select(response_waits)
            .join(between, _w.partner_id == between.c.partner_id)
            .where(_w.began_at >= between.c.last_at, _w.began_at < between.c.next_at)
        )
    }
    gone = [row for place, row in before.items() if after.get(place) != row]
    new = [row for place, row in after.items() if before.get(place) != row]
    delete(connection, response_waits, [{name: row[name] for name in _KEY} for row in gone])
    insert(connection, response_waits, new)
    rollup = Rollup(response_counts)
    rollup.change(_counted(gone, enterprise.zone), _counted(new, enterprise.zone))
    rollup.write(connection)


def word_of(row: Any) -> Word:
    """Make the word that a row holds."""
    return Word(
        partner_id=row.partner_id,
        interaction_id=row.interaction_id,
        occurred_at=row.occurred_at,
        manager_id=row.manager_id,
        answers=row.answers,
    )


def _note_corrections(connection: sa.Connection, ids: Collection[UUID]) -> None:
    """Note when it was first known of some interactions that others stand in their place."""
    f = interaction_facts.c
    known = (
        sa.select(f.corrects_id, sa.func.min(f.recorded_at).label("at"))
        .where(among(connection, f.corrects_id, ids))
        .group_by(f.corrects_id)
    )
    for interaction_id, recorded_at in connection.execute(known).all():
        told = client_words.update().where(_c.interaction_id == interaction_id)
        connection.execute(told.values(corrected_at=recorded_at))


def _between(connection: sa.Connection, ids: Collection[UUID]) -> sa.CTE:
    """Select the clients of some interactions, each with the last answer before these and the next one after them."""
    touched = (
        sa.select(_c.partner_id, sa.func.min(_c.occurred_at).label("first"), sa.func.max(_c.occurred_at).label("last"))
        .where(among(connection, _c.interaction_id, ids))
        .group_by(_c.partner_id)
        .subquery()
    )
    answer = client_words.alias()
    mine = (answer.c.partner_id == touched.c.partner_id, answer.c.answers, answer.c.corrected_at.is_(None))
    earlier = sa.select(sa.func.max(answer.c.occurred_at)).where(*mine, answer.c.occurred_at < touched.c.first)
    later = sa.select(sa.func.min(answer.c.occurred_at)).where(*mine, answer.c.occurred_at > touched.c.last)
    moment = _c.occurred_at.type
    return sa.select(
        touched.c.partner_id,
        sa.func.coalesce(earlier.scalar_subquery(), sa.literal(NEVER, moment), type_=moment).label("last_at"),
        sa.func.coalesce(later.scalar_subquery(), sa.literal(FOREVER, moment), type_=moment).label("next_at"),
    ).cte("between_answers")


def _row(wait: Wait, enterprise: Enterprise) -> dict[str, Any]:
    took = wait.took(enterprise.calendar)
    return {
        "partner_id": wait.partner_id,
        "began_at": wait.began_at,
        "interaction_id": wait.interaction_id,
        "manager_id": wait.manager_id,
        "answered_at": wait.answered_at,
        "took": took,
        "cell": place_of(took) if took is not None else None,
    }


def _counted(rows: Iterable[Mapping[str, Any]], zone: ZoneInfo) -> dict[Key, Counts]:
    """Give what waits count for."""
    found: dict[Key, Counts] = {}
    for row in rows:
        month, manager_id = month_of(row["began_at"], zone), row["manager_id"]
        if row["cell"] is None:
            steps = [(ROOT, (*(0,) * BRANCHES, 1))]
        else:
            steps = [(knot, (*_ONE_AT[branch], 0)) for knot, branch in paths_of(row["cell"])]
        for knot, counts in steps:
            key = (month, manager_id, knot)
            found[key] = tuple(map(sum, zip(found.get(key, (0,) * len(counts)), counts, strict=True)))
    return found
