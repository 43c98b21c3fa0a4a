"""Search: the index, which is written together with what it is of, and how it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.store.paging import Order
from services.contacts.domain.search import FIELDS, Entry, HitKind, asked_for, folded
from services.contacts.storage.sql import begins_words
from services.contacts.storage.tables import partners, search_entries

_CONFIGURATIONS = ("simple", "russian")
"""As it is written, and by its stem: `russian` takes Cyrillic words for Russian and ASCII ones for English."""

_FEW = 2000

_s = search_entries.c


class SearchIndex:
    """What is found by words, as one transaction writes it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._postgresql = connection.dialect.name == "postgresql"

    def put(self, entries: Iterable[Entry]) -> None:
        """Write texts over those that stood in the same fields before; a field that is empty now is found no more."""
        rows: list[dict[str, Any]] = []
        empty: list[dict[str, Any]] = []
        for entry in entries:
            words = folded(entry.text) if entry.text else ""
            (rows if words else empty).append({**_row(entry), "words": f" {words}"})
        self._write(rows)
        if empty:
            key = sa.tuple_(_s.source_id, _s.field)
            gone = [(row["source_id"], row["field"]) for row in empty]
            self._connection.execute(search_entries.delete().where(key.in_(gone)))

    def rewrite(self, source_id: UUID, field: str, text: str | None) -> None:
        """Write a text over the one that stands in a field; where none stands nothing is found by it, as before."""
        this = sa.and_(_s.source_id == source_id, _s.field == field)
        row = self._connection.execute(sa.select(_s.thing_id, _s.kind).where(this)).first()
        if row is not None:
            kind = HitKind(row.kind)
            self.put([Entry(source_id=source_id, field=field, thing_id=row.thing_id, kind=kind, text=text)])

    def forget(self, source_ids: Sequence[UUID]) -> None:
        """Let nothing be found by what stands in some things or parts of them."""
        if source_ids:
            self._connection.execute(search_entries.delete().where(_s.source_id.in_(source_ids)))

    def _write(self, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        rows.sort(key=lambda row: (str(row["source_id"]), row["field"]))  # so that two never wait for each other
        insert = postgresql.insert(search_entries) if self._postgresql else sqlite.insert(search_entries)
        statement = insert.values({name: sa.bindparam(name) for name in rows[0]} | {"document": self._document()})
        told = statement.excluded
        changes = {name: told[name] for name in ("thing_id", "words", "document")}
        differs = sa.or_(_s.words != told.words, _s.thing_id != told.thing_id)
        key = [_s.source_id, _s.field]
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=key, set_=changes, where=differs), rows
        )  # fmt: skip

    def _document(self) -> sa.ColumnElement[Any]:
        if not self._postgresql:
            return sa.null()
        words = sa.bindparam("words", type_=sa.Text())
        first, second = (sa.func.to_tsvector(_config(name), words) for name in _CONFIGURATIONS)
        return first.op("||")(second)


def finds(connection: sa.Connection, text: str) -> sa.ColumnElement[bool]:
    """Say "an entry in which every word that is asked for begins a word, or is one in another form"."""
    asked = asked_for(text)
    if not asked:
        return sa.false()
    if connection.dialect.name != "postgresql":
        return begins_words(_s.words, " ".join(asked))
    query: sa.ColumnElement[Any] | None = None
    for word in asked:
        begun = sa.func.to_tsquery(_config("simple"), f"'{word}':*")
        bent = sa.func.to_tsquery(_config("russian"), f"'{word}'")
        either = begun.op("||")(bent)
        query = either if query is None else query.op("&&")(either)
    return _s.document.op("@@", is_comparison=True)(query)


@dataclass(frozen=True)
class Found:
    """What a search found, for a list: which rows, and whether these are few that are named by their ids."""

    condition: sa.ColumnElement[bool]
    few: bool

    def ordered(self, order: Sequence[Order]) -> list[Order]:
        """Give an order of the list's for what was found.

        Few are put in order once they are read. PostgreSQL would rather read along the list's index until it met enough of them,
        as if they were spread evenly: names that begin alike stand together, at the far end as well.
        """
        if not self.few:
            return list(order)
        return [Order(sa.func.coalesce(one.column, one.column), one.descending) for one in order]


def found_by(connection: sa.Connection, text: str, kind: HitKind, thing_id: sa.ColumnElement[Any]) -> Found:
    """Find things of a kind, by their id; for statements run at once on this connection.

    Few that are found are named. Many are asked about one by one: a list then ends with its page, and does not first find
    and sort all that a common word stands in.
    """
    few = _few(connection, text, kind, thing_id)
    if few is not None:
        return Found(few, few=True)
    return Found(_one_by_one(connection, text, _s.thing_id == thing_id), few=False)


def partners_found_by(connection: sa.Connection, text: str) -> Found:
    """Find partners in the same way, who are found by what is written of those that were merged into them, too."""
    few = _few(connection, text, HitKind.PARTNER, partners.c.id)
    if few is not None:
        return Found(few, few=True)
    merged = partners.alias()
    theirs = sa.select(merged.c.id).where(merged.c.survivor_id == partners.c.id).correlate(partners)
    own = _one_by_one(connection, text, _s.thing_id == partners.c.id)
    return Found(sa.or_(own, _one_by_one(connection, text, _s.thing_id.in_(theirs))), few=False)


def _few(
    connection: sa.Connection, text: str, kind: HitKind, thing_id: sa.ColumnElement[Any]
) -> sa.ColumnElement[bool] | None:
    """Say "one of the things that are found", of an id; None where that is in more than a few places.

    Their ids come and go as one value, instead of a bind parameter for each of hundreds.
    """
    found = sa.select(_s.thing_id).where(finds(connection, text), _s.kind == kind.value).limit(_FEW + 1).subquery()
    id: sa.ColumnElement[Any] = found.c.thing_id
    origin: sa.FromClause = found
    if kind is HitKind.PARTNER:  # a merged one leads to the one that it turned out to be
        origin = found.outerjoin(partners, partners.c.id == found.c.thing_id)
        id = sa.func.coalesce(partners.c.survivor_id, id)
    postgresql = connection.dialect.name == "postgresql"
    ids = sa.cast(sa.func.array_agg(id.distinct()), sa.Text) if postgresql else sa.func.json_group_array(id.distinct())
    places, named = connection.execute(sa.select(sa.func.count(), ids).select_from(origin)).one()
    if places > _FEW:
        return None
    if places == 0:
        return sa.false()
    if postgresql:
        return thing_id == sa.any_(sa.cast(sa.bindparam(None, named, sa.Text), ARRAY(sa.Uuid)))
    each = sa.func.json_each(sa.bindparam(None, named, sa.Text)).table_valued("value")
    return sa.type_coerce(thing_id, sa.Text).in_(sa.select(each.c.value))


def _one_by_one(connection: sa.Connection, text: str, which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    # OFFSET keeps PostgreSQL from turning the question about each row into a join of all rows
    return sa.select(_s.thing_id).where(which, finds(connection, text)).limit(1).offset(0).exists()


def _config(name: str) -> sa.ColumnElement[Any]:
    return sa.literal_column(f"'{name}'::regconfig")


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "source_id": entry.source_id,
        "field": entry.field,
        "thing_id": entry.thing_id,
        "kind": entry.kind.value,
        "weight": int(FIELDS[entry.field]),
    }
