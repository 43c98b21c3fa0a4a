"""Reading a definition from YAML: small, without references and tags, and what is wrong is said with its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from chassis.errors import Problem, Refused, refuse
from chassis.wire import parse
from services.deals.commands.definition_inputs import DefinitionInput
from services.deals.domain.definition import Definition

_DEEPEST = 12
_FIELD = "yaml"


def definition_in(text: str) -> Definition:
    """Read a definition; raise Refused with INVALID_YAML, or with what does not fit, and the line of each."""
    node, data = _read(text)
    try:
        return parse(DefinitionInput, _as_put_in(data)).to_domain()
    except Refused as refusal:
        raise Refused(*(_with_line(problem, node) for problem in refusal.problems)) from None


class _Reader(yaml.SafeLoader):
    """Reads plain data: what could grow as it is read, or mean more than it says, is refused."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise _invalid("anchors and aliases are not read", _line(event.start_mark))
        if getattr(event, "tag", None) not in (None, "!"):
            raise _invalid("tags are not read", _line(event.start_mark))
        if self._depth == _DEEPEST:
            raise _invalid("this lies too deep", _line(event.start_mark))
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _invalid("a name is a text", _line(key.start_mark))
            if key.value in keys:
                raise _invalid(f"{key.value[:50]!r} comes twice", _line(key.start_mark))
            keys.add(key.value)
        return super().construct_mapping(node, deep)


# a date is no value here: it would be read as something else than what was written
_Reader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(text: str) -> tuple[yaml.Node, Any]:
    try:
        reader = _Reader(text)
        node = reader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise _invalid("it holds no definition: names and their values", 1)
        return node, reader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        raise _invalid(error.problem or "it cannot be read", _line(error.problem_mark)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _invalid("a character that YAML does not allow", line) from None
    except (ValueError, OverflowError):
        raise _invalid("a number that cannot be read", None) from None


def _as_put_in(data: Any) -> Any:
    """Give what YAML writes shortly as the API takes it: a guard by its name alone, parameters by their names."""
    if isinstance(data, dict) and isinstance(data.get("stages"), list):
        return {**data, "stages": [_stage(stage) for stage in data["stages"]]}
    return data


def _stage(stage: Any) -> Any:
    if isinstance(stage, dict) and isinstance(stage.get("guards"), list):
        return {**stage, "guards": [_use(use) for use in stage["guards"]]}
    return stage


def _use(use: Any) -> Any:
    if isinstance(use, str):
        return {"name": use}
    if isinstance(use, dict) and isinstance(use.get("parameters"), dict):
        parameters = [{"name": name, "value": value} for name, value in use["parameters"].items()]
        return {**use, "parameters": parameters}
    return use


def _with_line(problem: Problem, node: yaml.Node) -> Problem:
    path = problem.field or ()
    message = f"line {_line(_nearest(node, path).start_mark)}: {problem.message}"
    return Problem(code=problem.code, message=message, field=(_FIELD, *path), details=problem.details)


def _nearest(node: yaml.Node, path: Sequence[str]) -> yaml.Node:
    """Find the node at a path, or the last one on the way to it that is there."""
    for part in path:
        if isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
            node = node.value[int(part)]
        elif isinstance(node, yaml.MappingNode):
            values = [value for key, value in node.value if key.value == part]
            if not values and part.isdigit() and int(part) < len(node.value):  # parameters, which are given by name
                values = [node.value[int(part)][1]]
            if not values:
                break
            node = values[0]
        else:
            break
    return node


def _line(mark: Any) -> int | None:
    return mark.line + 1 if mark else None


def _invalid(what: str, line: int | None) -> Refused:
    place = f"line {line}: " if line else ""
    return refuse("INVALID_YAML", f"{place}{what}", _FIELD)
