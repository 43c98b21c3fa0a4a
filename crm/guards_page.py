"""`python -m crm.guards_page`: print docs/guards.md from the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from services.deals.domain.guards import CATALOGUE, Guard

_INTRODUCTION = """\
# Guards

The conditions that a stage of a sales process may name. In a CONTROLLED process the server checks all guards of a stage
before a deal enters it, and refuses the move with GUARDS_UNMET, the names of those that are not met (`details`), and what to
do about them (`message`); nothing is stored or told then. `Deal.canEnter` tells the same beforehand, for every stage. Moves in
a MANUAL process are not held up.

A stage names a guard by its name, with its parameters, in the API (`changeSalesProcessDraft`) or in YAML
(`importSalesProcess`). This page is printed from the catalogue, which the API gives as `guards`.
"""


def page() -> str:
    """Give the page."""
    return "\n".join([_INTRODUCTION, *(line for guard in CATALOGUE.values() for line in _section(guard))])


def _section(guard: type[Guard]) -> Iterator[str]:
    yield from (f"## {guard.name}", "", guard.description, "")
    if guard.parameters:
        yield from ("| parameter | takes | |", "| --- | --- | --- |")
        yield from (f"| {one.name} | {one.takes} | {one.description} |" for one in guard.parameters)
        yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
