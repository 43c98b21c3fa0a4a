"""The contact book at two sizes: a page, a search, and who may be the same as a new partner."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from psycopg2.extras import execute_values

from chassis.actor import SYSTEM
from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.store.database import Database
from chassis.store.migrate import migrate
from chassis.store.work import Caller, Work
from services.contacts.commands.register_partner import RegisterPartner, register_partner
from services.contacts.domain.duplicates import match_key
from services.contacts.domain.kinds import CONTACT_POINT, PARTNER
from services.contacts.domain.text import search_key
from services.contacts.queries.duplicates_of_partners import DuplicatesOfPartners, duplicates_of_partners
from services.contacts.queries.list_partners import ListPartners, list_partners
from services.contacts.queries.search import Search, search
from services.contacts.storage.tables import metadata
from tests.support.databases import migrations_of
from tests.support.postgres import Postgres

_SIZES = {"1,000 partners": (1_000, 2_500), "100,000 partners": (100_000, 250_000)}
_ROUNDS = 300
_SYLLABLES = [
    "ka",
    "ro",
    "mi",
    "ten",
    "sol",
    "ver",
    "ba",
    "lu",
    "dor",
    "fin",
    "gar",
    "hel",
    "jo",
    "kin",
    "la",
    "mor",
    "ne",
    "ost",
    "pa",
    "qui",
    "ra",
    "sta",
    "tor",
    "ul",
    "vi",
    "wa",
    "xe",
    "yo",
    "zim",
    "bri",
    "cle",
    "dra",
]
_TRADES = ["trade", "group", "service", "logistics", "build", "invest", "metal", "food", "agro", "tech"]
_PARTNER_COLUMNS = (
    "id, version, name, name_search, name_match, is_prospect, is_client, is_supplier, is_competitor, registered_at"
)
_POINT_COLUMNS = "id, owner_id, place, kind, value, original, is_primary"

# as the service writes it with each partner and contact point
_INDEX = """
INSERT INTO search_entries (source_id, field, thing_id, kind, weight, words, document)
SELECT *, to_tsvector('simple', words) || to_tsvector('russian', words) FROM (
    SELECT id, 'name', id, 'PARTNER', 1, name_search AS words FROM partners
    UNION ALL SELECT id, 'contactPoint', owner_id, 'PARTNER', 2, translate(value, '+@.', '   ') FROM contact_points
) AS texts (source_id, field, thing_id, kind, weight, words)"""


class _Book:
    """A database with a number of partners and contact points, and what is asked of it."""

    def __init__(self, server: Postgres, name: str, partners: int, points: int) -> None:
        self._random = random.Random(partners)  # the same book in each run
        words = ["".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 4))) for _ in range(20_000)]
        self._names = [
            f"{self._random.choice(words)} {self._random.choice(words if n % 2 else _TRADES)} Ltd".title()
            for n in range(partners)
        ]
        self.database = Database("contacts", server.create(name), metadata)
        migrate(self.database, migrations_of("contacts"))
        self._fill(points)
        self._work = Work(self.database, Caller(actor=SYSTEM))

    def _fill(self, points: int) -> None:
        ids = [new_id(PARTNER) for _ in self._names]
        now = utc_now().isoformat()
        connection: Any = self.database.engine.raw_connection()
        try:
            _insert(connection, "partners", _PARTNER_COLUMNS, (
                (str(id), 1, name, search_key(name), match_key(name), "t", "f", "f", "f", now)
                for id, name in zip(ids, self._names, strict=True)
            ))  # fmt: skip
            _insert(connection, "contact_points", _POINT_COLUMNS, (
                _point(n, ids[n % len(ids)], place=n // len(ids)) for n in range(points)
            ))  # fmt: skip
            connection.cursor().execute(_INDEX)
            connection.commit()
            connection.driver_connection.autocommit = True
            connection.cursor().execute("VACUUM ANALYZE")
            connection.driver_connection.autocommit = False
        finally:
            connection.close()

    def page(self) -> None:
        """Ask for the first page, as the list shows it."""
        self._work.read(list_partners, ListPartners, {"page": {"first": 50}, "contacts": False})

    def search(self) -> None:
        """Type the beginning of a name."""
        asked = {"search": self._typed(), "page": {"first": 20}, "contacts": False}
        found = self._work.read(list_partners, ListPartners, asked)
        assert found["nodes"], "what is typed is the beginning of a name"

    def search_everything(self) -> None:
        """Type the beginning of a name where all that the contact book holds is searched."""
        found = self._work.read(search, Search, {"text": self._typed()})
        assert found["hits"], "what is typed is the beginning of a name"

    def _typed(self) -> str:
        return self._random.choice(self._names)[: self._random.randint(4, 9)]

    def new_partner(self) -> UUID:
        """Register a partner who is there already, more or less."""
        name, number = self._random.choice(self._names), self._random.randrange(1000)
        facts = {
            "name": name.replace(" Ltd", "") + "s",
            "contact_points": [
                {"kind": "PHONE", "value": _phone(number)},
                {"kind": "EMAIL", "value": f"{number}@example.com"},
            ],
        }
        return UUID(self._work.run(register_partner, RegisterPartner, facts)["id"])

    def duplicates(self, partner_id: UUID) -> None:
        """Find whom a partner may be the same as."""
        (found,) = self._work.read(duplicates_of_partners, DuplicatesOfPartners, {"partner_ids": [str(partner_id)]})[
            "duplicates"
        ]
        assert found, "each new one resembles one who is there"


def bench_contacts(server: Postgres) -> dict[str, dict[str, float]]:
    """Measure both sizes in turn; give p99 in ms, and the ratio of the large to the small."""
    books = {
        size: _Book(server, f"contacts_{partners}", partners, points) for size, (partners, points) in _SIZES.items()
    }
    try:
        return {
            "a page of 50": _compared({size: book.page for size, book in books.items()}),
            "partners by beginnings": _compared({size: book.search for size, book in books.items()}),
            "everything by beginnings": _compared({size: book.search_everything for size, book in books.items()}),
            "duplicates of a new partner": _duplicates(books),
        }
    finally:
        for book in books.values():
            book.database.close()


def _compared(asked: dict[str, Callable[[], None]]) -> dict[str, float]:
    times: dict[str, list[float]] = {size: [] for size in asked}
    for _ in range(_ROUNDS):
        for size, ask in asked.items():
            times[size].append(_ms(ask))
    figures = {f"p99 ms, {size}": _p99(found) for size, found in times.items()}
    small, large = figures.values()
    return {**figures, "ratio (at most 2)": large / small}


def _duplicates(books: dict[str, _Book]) -> dict[str, float]:
    figures = {}
    for size, book in books.items():
        new = [book.new_partner() for _ in range(_ROUNDS // 3)]
        times = [_ms(lambda book=book, id=id: book.duplicates(id)) for id in new]  # type: ignore[misc]
        figures[f"median ms, {size}"] = sorted(times)[len(times) // 2]
        figures[f"p99 ms, {size} (at most 50)"] = _p99(times)
    return figures


def _ms(ask: Callable[[], None]) -> float:
    gc.disable()  # what is measured is the question, not the memory of the questions before
    try:
        began = time.perf_counter()
        ask()
        return (time.perf_counter() - began) * 1000
    finally:
        gc.enable()


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _phone(n: int) -> str:
    return f"+1212{2_000_000 + n}"


def _point(n: int, owner_id: UUID, place: int) -> tuple[Any, ...]:
    kind, value = ("PHONE", _phone(n)) if place % 2 == 0 else ("EMAIL", f"{n}@example.com")
    return (str(new_id(CONTACT_POINT)), str(owner_id), place, kind, value, value, "t" if place < 2 else "f")


def _insert(connection: Any, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    # many rows a statement: COPY does not work with green threads
    execute_values(connection.cursor(), f"INSERT INTO {table} ({columns}) VALUES %s", rows, page_size=5000)
