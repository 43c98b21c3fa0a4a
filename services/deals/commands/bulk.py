"""One command for many deals: each row is a command of its own, and one row's failure hinders no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field

from chassis.actor import Actor
from chassis.errors import Refused, refuse
from chassis.store.database import Transaction
from chassis.wire import Json, parse

LARGEST_BULK = 500

Rows = Annotated[list[Json], Field(max_length=LARGEST_BULK)]


class OfOneDeal(Protocol):
    """A command about one deal."""

    @property
    def deal_id(self) -> UUID:
        """The deal that it is about."""
        ...


C = TypeVar("C", bound=OfOneDeal)


def each_row(
    rows: Sequence[Json], kind: type[C], handle: Callable[[C, Transaction, Actor], Any], tx: Transaction, actor: Actor
) -> Json:
    """Run a command for each row; answer a result for each, in the order of the rows."""
    results: list[Json] = [None] * len(rows)
    commands: list[tuple[int, C]] = []
    for place, row in enumerate(rows):
        try:
            commands.append((place, parse(kind, row)))
        except Refused as error:
            results[place] = refused(error)
    # deals are held until the end: two who hold many of them take them in one order
    for place, command in sorted(commands, key=lambda one: (one[1].deal_id, one[0])):
        results[place] = _attempted(command, handle, tx, actor)
    return {"results": results}


def done(deal_id: UUID) -> Json:
    """Give the result of a row that had its effect."""
    return {"status": "DONE", "id": deal_id, "problems": []}


def refused(error: Refused, deal_id: UUID | None = None) -> Json:
    """Give the result of a row that had none."""
    return {"status": "REFUSED", "id": deal_id, "problems": [problem.to_json() for problem in error.problems]}


def _attempted(command: C, handle: Callable[[C, Transaction, Actor], Any], tx: Transaction, actor: Actor) -> Json:
    try:
        with tx.attempt():
            handle(command, tx, actor)
    except Refused as error:
        return refused(error, command.deal_id)
    except sa.exc.DataError:
        return refused(refuse("INVALID", "the database does not take this row's values"), command.deal_id)
    return done(command.deal_id)
