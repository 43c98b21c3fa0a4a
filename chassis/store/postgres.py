"""Connections to PostgreSQL that spare round trips: a transaction begins with its first statement, and writes whose outcome nobody waits for go with what follows them.

psycopg2 sends BEGIN by itself and waits for it, and for every statement after it; of a command of seven short statements
the waiting is most of the cost, here and in the server. A connection of this module commits each statement by itself as far
as the driver knows, and the transaction is ours; what is given to `send_ahead` leaves in front of the next statement, or of
the COMMIT, in the order in which it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

import psycopg2.extensions
import sqlalchemy as sa

_TOGETHER = 500
"""Statements of one kind in a round trip."""
_BEGIN = b"BEGIN ISOLATION LEVEL READ COMMITTED"
_MOST_PREPARED = 200
"""Statements that the server keeps planned for a connection."""
_PLACE = re.compile(r"%\((\w+)\)s")


class Connection(psycopg2.extensions.connection):
    """A connection whose transactions begin when it is told; what fails of what was sent ahead fails the next statement."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.autocommit = True
        self.cursor_factory = Cursor
        self._ahead: list[bytes] = []
        self._within = False
        self._begun = False
        self._prepared: dict[str, str] = {}
        self._unsure: list[str] = []
        """Statements of `_prepared` that the server has if this transaction succeeds: it may stop before them."""

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        """Open a cursor; one with a name, which the server keeps, may be of any kind: it is closed before our commit."""
        if args and args[0] is not None:
            kwargs["withhold"] = True  # the driver knows of no transaction, and refuses others without one
        return super().cursor(*args, **kwargs)

    def begin(self) -> None:
        """Let a transaction begin with the next statement."""
        self._within = True

    def send_ahead(self, statement: str, values: Mapping[str, Any] | None = None) -> None:
        """Let a statement, whose outcome nobody waits for, leave with the next one."""
        self._ahead.append(self.written(statement, values))

    def written(self, statement: str, values: Mapping[str, Any] | None) -> bytes:
        """Give a statement, or a part of one, with its values in it."""
        with self.plain_cursor() as cursor:
            written: bytes = cursor.mogrify(statement, values)
        return written

    def add_ahead(self, statement: bytes) -> None:
        """Let a statement that is written leave with the next one."""
        self._ahead.append(statement)

    def repeat_ahead(self, statement: str, values: Mapping[str, Any]) -> None:
        """Let a statement that comes again and again leave with the next one; the server plans it once for a connection.

        Each of its values has a type by where it stands.
        """
        name = self._prepared.get(statement)
        if name is None:
            if len(self._prepared) >= _MOST_PREPARED:
                self.send_ahead(statement, values)
                return
            name = self._prepared[statement] = f"s{len(self._prepared)}"
            self._unsure.append(statement)
            self._ahead.append(f"PREPARE {name} AS {_numbered(statement)}".encode())
        self._ahead.append(f"EXECUTE {name} ".encode() + self.written(_places(statement), values))

    def commit(self) -> None:
        """Commit what was begun; where no statement was sent, nothing was."""
        if self._begun or self._ahead:
            self._end(b"COMMIT")
        self._within = False
        self._unsure.clear()

    def rollback(self) -> None:
        """Undo what was begun."""
        self._ahead.clear()
        self._within = False
        if self._begun:
            self._end(self._forgetting(b"ROLLBACK"))
        for statement in self._unsure:  # it never left
            del self._prepared[statement]
        self._unsure.clear()

    def _forgetting(self, rollback: bytes) -> bytes:
        """Let nothing count as prepared that may not be; what is undone keeps what was prepared, if it came to that."""
        if not self._unsure:
            return rollback
        self._prepared.clear()
        self._unsure.clear()
        return rollback + b";\nDEALLOCATE ALL"

    def _end(self, how: bytes) -> None:
        with self.plain_cursor() as cursor:
            cursor.execute(self.with_ahead(how))
        self._begun = False  # a COMMIT that failed leaves something to roll back

    @property
    def waiting(self) -> bool:
        """Whether something waits for the next statement."""
        return bool(self._ahead)

    def catch_up(self) -> None:
        """Send what waits for the next statement now; raise what fails of it."""
        waiting = self.with_ahead(b"")
        if waiting:
            with self.plain_cursor() as cursor:
                cursor.execute(waiting)

    def with_ahead(self, statement: bytes) -> bytes:
        """Give a statement with all that leaves before it."""
        if not self._within:
            return statement
        if statement.startswith(b"ROLLBACK"):  # to a savepoint: what has not left yet came after it
            self._ahead.clear()
            statement = self._forgetting(statement)
        if self._begun and not self._ahead:
            return statement
        before = [] if self._begun else [_BEGIN]
        self._begun = True
        before += self._ahead
        self._ahead.clear()
        return b";\n".join([*before, statement])

    def plain_cursor(self) -> psycopg2.extensions.cursor:
        """Give a cursor that takes nothing along."""
        return super().cursor(cursor_factory=psycopg2.extensions.cursor)


class Cursor(psycopg2.extensions.cursor):
    """A cursor whose statements take along what leaves before them."""

    connection: Connection

    def execute(self, query: Any, vars: Any = None) -> None:
        """Run a statement after what leaves before it, in one round trip; the outcome is the statement's own."""
        if self.name is not None:
            self.connection.catch_up()
            super().execute(query, vars)
        else:
            super().execute(self.connection.with_ahead(self.mogrify(query, vars)))

    def executemany(self, query: Any, vars_list: Any) -> None:
        """Run a statement for each of many values, many in a round trip; `rowcount` is not that of all of them."""
        for start in range(0, len(vars_list), _TOGETHER):
            statements = [self.mogrify(query, vars) for vars in vars_list[start : start + _TOGETHER]]
            super().execute(self.connection.with_ahead(b";\n".join(statements)))

    def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> None:
        """Copy rows in or out."""
        self.connection.catch_up()
        super().copy_expert(sql, file, size)


def begin(connection: sa.Connection) -> None:
    """Let a transaction begin on the connection that SQLAlchemy holds."""
    _driver(connection).begin()


def catch_up(connection: sa.Connection) -> None:
    """Send what waits for the next statement now; raise, as SQLAlchemy does, what fails of it."""
    if _driver(connection).waiting:
        connection.exec_driver_sql("SELECT")


def send_ahead(connection: sa.Connection, statement: str) -> None:
    """Let a statement leave with the next one."""
    _driver(connection).send_ahead(statement)


def insert_ahead(connection: sa.Connection, statement: sa.Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let rows be inserted, many in one statement, before the next one; `statement` has no values and is made once."""
    _Ahead.inserting(connection, statement, tuple(rows[0])).insert(connection, rows)


def execute_ahead(connection: sa.Connection, statement: sa.Insert | sa.Update, values: Mapping[str, Any]) -> None:
    """Let a statement, which is made once and whose values need no change for the driver, be executed before the next one."""
    text = _texts.get(statement)
    if text is None:
        text = _texts[statement] = str(statement.compile(dialect=connection.dialect, for_executemany=True))
    if isinstance(statement, sa.Insert):
        _driver(connection).repeat_ahead(text, values)
    else:  # how the rows are best found changes as tables grow
        _driver(connection).send_ahead(text, values)


_texts: dict[Any, str] = {}


def update_ahead(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any], by: str) -> None:
    """Let the row that has this one's value in the column `by` take on the others, before the next statement."""
    _Ahead.updating(connection, table, tuple(row), by).update(connection, row)


def _driver(connection: sa.Connection) -> Connection:
    driver = connection.connection.dbapi_connection
    assert isinstance(driver, Connection)
    return driver


class _Ahead:
    """A statement as the driver takes it, and how it takes the values; made once for each set of columns."""

    _made: ClassVar[dict[tuple[Any, ...], _Ahead]] = {}

    def __init__(
        self, connection: sa.Connection, statement: sa.Insert | sa.Update, table: sa.Table, columns: Any
    ) -> None:
        dialect = connection.dialect
        # many: nothing of them is asked back
        made = statement.compile(dialect=dialect, column_keys=list(columns), for_executemany=True)
        self._text = str(made)
        types = {name: table.c[name].type.dialect_impl(dialect) for name in columns}
        found = {name: kind.bind_processor(dialect) for name, kind in types.items()}
        self._processors: dict[str, Callable[[Any], Any]] = {name: p for name, p in found.items() if p is not None}

    @classmethod
    def inserting(cls, connection: sa.Connection, statement: sa.Insert, columns: tuple[str, ...]) -> _Ahead:
        made = cls._made.get((statement, columns))
        if made is None:
            table = statement.table
            assert isinstance(table, sa.Table)
            made = cls._made[statement, columns] = cls(connection, statement, table, columns)
        return made

    @classmethod
    def updating(cls, connection: sa.Connection, table: sa.Table, columns: tuple[str, ...], by: str) -> _Ahead:
        made = cls._made.get((table, columns, by))
        if made is None:
            given: dict[str, Any] = {name: sa.bindparam(name, type_=table.c[name].type) for name in columns}
            statement = table.update().where(table.c[by] == given.pop(by)).values(given)
            made = cls._made[table, columns, by] = cls(connection, statement, table, given)
        return made

    def update(self, connection: sa.Connection, row: Mapping[str, Any]) -> None:
        driver = _driver(connection)
        driver.repeat_ahead(self._text, self._processed(row))

    def insert(self, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        driver = _driver(connection)
        if len(rows) == 1:
            driver.repeat_ahead(self._text, self._processed(rows[0]))
            return
        head, values, tail = _taken_apart(self._text)
        for start in range(0, len(rows), _TOGETHER):
            written = [driver.written(values, self._processed(row)) for row in rows[start : start + _TOGETHER]]
            driver.add_ahead(head + b", ".join(written) + tail)

    def _processed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        values = dict(row)
        for name, processed in self._processors.items():
            values[name] = processed(values[name])
        return values


@cache
def _taken_apart(insert: str) -> tuple[bytes, str, bytes]:
    """Give what of an INSERT stands before the values of a row, these in their parentheses, and what follows."""
    start = end = insert.index(" VALUES (") + len(" VALUES ")
    depth = 0
    while True:
        depth += {"(": 1, ")": -1}.get(insert[end], 0)
        end += 1
        if depth == 0:
            break
    head, values, tail = insert[:start], insert[start:end], insert[end:]
    assert "%(" not in tail, "what is done about a conflict takes no values of its own"
    return head.replace("%%", "%").encode(), values, tail.replace("%%", "%").encode()


@cache
def _numbered(statement: str) -> str:
    """Give a statement as PREPARE takes it: its values are numbered as `_places` names them."""
    numbers = {name: str(number) for number, name in enumerate(_names(statement), 1)}
    return _PLACE.sub(lambda found: "$" + numbers[found[1]], statement).replace("%%", "%")


@cache
def _places(statement: str) -> str:
    """Give the places of a statement's values, as EXECUTE takes these."""
    return f"({', '.join(f'%({name})s' for name in _names(statement))})"


def _names(statement: str) -> list[str]:
    return list(dict.fromkeys(_PLACE.findall(statement)))
