"""Several things that may be wrong at once."""

from __future__ import annotations

from collections.abc import Callable

from chassis.errors import Problem, Refused


def together(*checks: Callable[[], object]) -> None:
    """Make all checks; raise Refused with the problems of all of them."""
    problems: list[Problem] = []
    for check in checks:
        try:
            check()
        except Refused as error:
            problems += error.problems
    if problems:
        raise Refused(*problems)
