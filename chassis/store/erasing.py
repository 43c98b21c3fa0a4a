"""Erasing what the chassis' own tables hold about something: kept answers, and messages that wait for the operator."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import Undecodable
from chassis.redaction import ERASED
from chassis.store.database import Transaction
from chassis.wire import Json, decode, encode

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_FACT = re.compile(
    r"[A-Z][A-Z0-9_]{0,49}|[a-z][a-z0-9_]{0,49}(?:\.[a-z0-9_]+)?|-?\d{1,6}|-?\d{1,22}\.\d{1,18}", re.ASCII
)
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d[0-9:.]*(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)

Redact = Callable[[str], str]
"""Takes what is to be erased out of a text."""


def mentions(text: str, ids: Collection[UUID]) -> bool:
    """Tell whether a text holds any of the ids, as JSON writes them."""
    return any(UUID(found) in ids for found in _ID.findall(text))


def without_free_text(value: Json) -> Json:
    """Give JSON as it is but for its free text: ids, numbers, dates, enumerations and keys are facts, and stay."""
    match value:
        case str():
            return value if any(kind.fullmatch(value) for kind in (_ID, _TIME, _FACT)) else ERASED
        case list():
            return [without_free_text(item) for item in value]
        case dict():
            return {name: without_free_text(item) for name, item in value.items()}
        case _:
            return value


def redacted(value: Json, redact: Redact) -> Json:
    """Give JSON with a redaction made in each of its texts."""
    match value:
        case str():
            return redact(value)
        case list():
            return [redacted(item, redact) for item in value]
        case dict():
            return {name: redacted(item, redact) for name, item in value.items()}
        case _:
            return value


def redact_texts(
    connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool], *names: str, redact: Redact
) -> list[sa.Row[Any]]:
    """Make a redaction in some columns of text; give the rows in which it changed something, as they were."""
    key = list(table.primary_key)
    changed = []
    for row in connection.execute(sa.select(*key, *(table.c[name] for name in names)).where(where)).all():
        before = {name: row._mapping[name] for name in names}
        after = {name: None if text is None else redact(text) for name, text in before.items()}
        if after != before:
            this = sa.and_(*(column == row._mapping[column.name] for column in key))
            connection.execute(table.update().where(this).values(after))
            changed.append(row)
    return changed


def texts_naming(
    connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool], *names: str, redact: Redact
) -> Iterator[Json]:
    """Give the texts in which a redaction would change something, each with what it stands in."""
    read = sa.select(table.c.id, *(table.c[name] for name in names)).where(where).order_by(table.c.id)
    for row in connection.execute(read):
        for name in names:
            text = row._mapping[name]
            if text is not None and redact(text) != text:
                yield {"what": table.name, "id": str(row.id), "field": name, "text": text}


def redact_json(redact: Redact) -> Redact:
    """Make a redaction of a text that is JSON: in each of its texts."""

    def redact_texts_of(text: str) -> str:
        before = decode(text)
        after = redacted(before, redact)
        return text if after == before else encode(after).decode()

    return redact_texts_of


def erase_mentions(tx: Transaction, ids: Collection[UUID], redact: Redact | None = None) -> None:
    """Erase what the chassis' tables hold that mentions any of the ids: kept answers go, of messages the facts stay.

    `redact`, where it is given, finds also what names the thing without its id.
    """
    tx.erases = True
    _forget_answers(tx, ids, redact)
    _erase_in_messages(tx, ids, redact)


def _forget_answers(tx: Transaction, ids: Collection[UUID], redact: Redact | None) -> None:
    kept = tx.tables.idempotency
    key = (kept.c.actor, kept.c.operation, kept.c.key)
    read = sa.select(*key, kept.c.answer).execution_options(yield_per=500)
    found = [
        row[:3]
        for row in tx.connection.execute(read)
        if mentions(row.answer, ids) or (redact is not None and redact(row.answer) != row.answer)
    ]
    for values in found:
        this = sa.and_(*(column == value for column, value in zip(key, values, strict=True)))
        tx.connection.execute(kept.delete().where(this))


def _erase_in_messages(tx: Transaction, ids: Collection[UUID], redact: Redact | None) -> None:
    parked = tx.tables.parked
    for row in tx.connection.execute(sa.select(parked)).all():
        body = before = bytes(row.body).decode("utf-8", errors="replace")
        headers, reason = row.headers, row.reason
        if mentions(body, ids):
            body, reason = _facts_of(body), _first_words(reason)
        if redact is not None:
            body, reason, headers = _redacted_body(body, redact), redact(reason), redacted(headers, redact)
        if (body, reason, headers) != (before, row.reason, row.headers):
            values = {"reason": reason, "headers": headers, **({"body": body.encode()} if body != before else {})}
            tx.connection.execute(parked.update().where(parked.c.id == row.id).values(values))


def _facts_of(body: str) -> str:
    """Give the facts of a message's body; one that cannot be read has none, and stays unreadable."""
    try:
        return encode(without_free_text(decode(body))).decode()
    except Undecodable:
        return ERASED


def _redacted_body(body: str, redact: Redact) -> str:
    try:
        data = decode(body)
    except Undecodable:
        return redact(body)
    after = redacted(data, redact)
    return body if after == data else encode(after).decode()


def _first_words(reason: str) -> str:
    """Give of a reason only which reaction failed and how, not what it quotes."""
    named = re.match(r"[\w.]+(?:: [A-Za-z_]\w*(?=:))?", reason)
    return f"{named[0] if named else ''}: {ERASED}".removeprefix(": ")
