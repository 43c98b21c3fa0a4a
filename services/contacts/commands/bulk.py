"""Rows that come by the hundred: each with an outcome of its own, a bad one hindering no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from chassis.errors import Problem, Refused, refuse
from chassis.wire import Json, parse
from services.contacts.domain.external_ref import ExternalRef

LARGEST_BULK = 500
T = TypeVar("T")


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"


class Outcomes:
    """The outcomes of the rows of one request, in their order."""

    def __init__(self, rows: Sequence[Json]) -> None:
        if len(rows) > LARGEST_BULK:
            message = f"at most {LARGEST_BULK} rows fit into one request; these are {len(rows)}: send them in parts"
            raise refuse("TOO_MANY_ROWS", message, "rows")
        self._rows = rows
        self._results: list[dict[str, Any]] = [{} for _ in rows]

    def parse(self, kind: type[T]) -> list[tuple[int, T]]:
        """Read the rows that can be read, with their places; the others are refused."""
        parsed: list[tuple[int, T]] = []
        for place, raw in enumerate(self._rows):
            with self.of(place):
                parsed.append((place, parse(kind, raw)))
        return parsed

    @contextmanager
    def of(self, place: int) -> Iterator[None]:
        """Make a refusal within the block the outcome of this row."""
        try:
            yield
        except Refused as refusal:
            self.refused(place, *refusal.problems)

    def refused(self, place: int, *problems: Problem) -> None:
        """Note that a row was refused, and why."""
        self._results[place] = {
            "status": Outcome.REFUSED,
            "id": None,
            "problems": [problem.to_json() for problem in problems],
        }

    def done(self, place: int, outcome: Outcome, id: UUID) -> None:
        """Note what became of a row."""
        self._results[place] = {"status": outcome, "id": id, "problems": []}

    def refuse_raced(self, raced: Mapping[ExternalRef, UUID], places: Mapping[ExternalRef, Sequence[int]]) -> None:
        """Refuse the rows of references that another request took while this one ran."""
        for ref, holder in raced.items():
            message = f"{ref.system} {ref.id!r} was registered by another request at this moment; send the row again"
            problem = Problem(code="CONFLICT", message=message, field=("externalRef",), details=(str(holder),))
            for place in places[ref]:
                self.refused(place, problem)

    def to_json(self) -> Json:
        """Give the outcomes in the shape of the wire."""
        return {"results": self._results}
