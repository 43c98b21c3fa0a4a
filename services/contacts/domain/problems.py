"""Collecting what is wrong with a request, so that its sender can put everything right at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from chassis.errors import Problem, Refused


class Problems:
    """The problems found so far; each under the path of the input field it is about."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    @contextmanager
    def under(self, *path: str | int) -> Iterator[None]:
        """Keep the refusals raised in the block, with the path put before their fields, and go on after it."""
        prefix = tuple(str(part) for part in path)
        try:
            yield
        except Refused as refusal:
            self._found += [replace(problem, field=prefix + (problem.field or ())) for problem in refusal.problems]

    def settle(self) -> None:
        """Raise Refused with all that was found, if anything was."""
        if self._found:
            raise Refused(*self._found)
