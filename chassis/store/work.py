"""How a command or a query runs: parsed, in one transaction, once per idempotency key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random

from chassis.actor import Actor
from chassis.errors import Contended, refuse
from chassis.store.database import Database, Reading, Transaction
from chassis.wire import Json, decode, encode, parse, plain

C = TypeVar("C")
Handler = Callable[[C, Transaction, Actor], Any]
Query = Callable[[C, Reading, Actor], Any]

_AGAIN = Retrying(
    retry=retry_if_exception_type(Contended), stop=stop_after_attempt(3), wait=wait_random(0, 0.2), reraise=True
)


@dataclass(frozen=True, kw_only=True)
class Caller:
    """On whose behalf a request runs, what it belongs to, and the key under which it has one effect."""

    actor: Actor
    correlation_id: str | None = None
    idempotency_key: str | None = None


class Work:
    """Runs a service's commands and queries for one caller."""

    def __init__(self, database: Database, caller: Caller) -> None:
        self._database = database
        self._caller = caller

    def run(self, handler: Handler[C], kind: type[C], payload: Json, *, scope: str = "write") -> Json:
        """Run a command in one transaction and answer in JSON; raise Refused, and change nothing, where it may not.

        Under an idempotency key the first answer is kept: the same request gets it again and does nothing more,
        another one is refused with IDEMPOTENCY_KEY_REUSED. Refusals are not kept. The actor needs the scope.
        """
        self._caller.actor.require(scope)
        return self._run(handler, parse(kind, payload), payload)

    def _run(self, handler: Handler[C], command: C, payload: Json) -> Json:
        try:
            return self._run_once(handler, command, payload)
        except Contended:  # the database undid it and left nothing behind; with others gone it finds its way
            return _AGAIN.copy()(self._run_once, handler, command, payload)

    def _run_once(self, handler: Handler[C], command: C, payload: Json) -> Json:
        caller = self._caller
        with self._database.transaction(correlation_id=caller.correlation_id, actor=caller.actor) as tx:
            if caller.idempotency_key is None:
                return plain(handler(command, tx, caller.actor))
            key = {"actor": caller.actor.subject, "operation": handler.__name__, "key": caller.idempotency_key}
            fingerprint = hashlib.sha256(encode(payload)).hexdigest()
            first = _claim_key(tx, key, fingerprint)
            if first is not None:
                return first
            answer = plain(handler(command, tx, caller.actor))
            _keep_answer(tx, key, answer)
            return answer

    def read(self, query: Query[C], kind: type[C], payload: Json) -> Json:
        """Run a query and answer in JSON."""
        self._caller.actor.require("read")
        with self._database.reading() as reading:
            return plain(query(parse(kind, payload), reading, self._caller.actor))


def _claim_key(tx: Transaction, key: dict[str, str], fingerprint: str) -> Json | None:
    """Take the key for this request; give the first answer where another request had taken it.

    Where two come at once, the second waits here for the first one's commit: PostgreSQL holds the conflicting insert,
    SQLite has one writer.
    """
    table = tx.tables.idempotency
    row = {**key, "fingerprint": fingerprint, "answer": "", "recorded_at": tx.now}
    if tx.connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    taken = tx.connection.execute(insert(table).values(row).on_conflict_do_nothing())
    if taken.rowcount == 1:
        return None
    mine = sa.and_(*(table.c[name] == value for name, value in key.items()))
    found = tx.connection.execute(sa.select(table.c.fingerprint, table.c.answer).where(mine)).one()
    if found.fingerprint != fingerprint:
        raise refuse(
            "IDEMPOTENCY_KEY_REUSED",
            f"the key {key['key']!r} was used for another {key['operation']} with different input; take a new key",
            "idempotencyKey",
        )
    return decode(found.answer)


def _keep_answer(tx: Transaction, key: dict[str, str], answer: Json) -> None:
    table = tx.tables.idempotency
    mine = sa.and_(*(table.c[name] == value for name, value in key.items()))
    tx.connection.execute(table.update().where(mine).values(answer=encode(answer).decode()))
