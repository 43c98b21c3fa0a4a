"""Processes as diagrams, in the language of Mermaid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from services.deals.domain.definition import Definition
from services.deals.domain.process import ControlMode, Stage, WonBy


def diagram(definition: Definition) -> str:
    """Draw a process as a `stateDiagram-v2`: stages with their names, ways with the guards on them."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines(definition))]) + "\n"


def _lines(definition: Definition) -> Iterator[str]:
    stages = definition.stages
    if not stages:
        yield "in_progress : In progress"
        yield "[*] --> in_progress"
        yield f"in_progress --> [*] : {_won(definition)}"
        return
    for stage in stages:
        yield f"{_id(stage)} : {_text(stage.name)}"
    yield f"[*] --> {_id(stages[0])}"
    for before, after in pairwise(stages):
        guards = definition.control is ControlMode.CONTROLLED and ", ".join(use.name for use in after.guards)
        yield f"{_id(before)} --> {_id(after)}" + (f" : {guards}" if guards else "")
    if definition.control is ControlMode.MANUAL:
        yield f"note right of {_id(stages[0])} : any stage may follow any other"
        if definition.won_by is WonBy.COMMAND:
            yield f"note right of {_id(stages[-1])} : a deal may be won at any stage"
    yield f"{_id(stages[-1])} --> [*] : {_won(definition)}"


def _id(stage: Stage) -> str:
    # a stage may be called "end" or "note", which are words of the language
    return f"stage_{stage.key}"


def _won(definition: Definition) -> str:
    return "won by shipment" if definition.won_by is WonBy.SHIPMENT else "won"


def _text(name: str) -> str:
    # these would end the statement, or begin another
    return "".join(f"#{ord(char)};" if char in '#;:"<>{}[]%\\' else char for char in name)
