"""Reports as tables, found from the schema: whatever can be asked of reporting can be exported, in the same words.

A table has a row for each thing in one list of the answer; of an answer without one main list the first table has one row. What the answer says of itself (as of when, in what currency)
stands in every row, before what the row says; what is nested is named with dots: `conversion.numerator`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_required_argument,
)

from chassis.wire import Json
from gateway.shapes.cells import Number

_NUMBERS = frozenset({"Int", "Float", "Decimal"})
_WHO = ("id", "key", "number", "name", "title", "fullName")
_PAGE = 100
_BETWEEN = "; "
_DEEPEST = 4
_AFTER = "after"
_FIGURES = "figures"


class BadParameter(Exception):
    """A parameter that the report does not take."""


@dataclass(frozen=True)
class _Column:
    name: str
    path: tuple[str, ...]
    numeric: bool

    def cell(self, thing: Json) -> str:
        for key in self.path:
            if thing is None:
                return ""
            thing = thing[key]
        if isinstance(thing, list):
            return _BETWEEN.join(str(one) for one in thing)
        if thing is None:
            return ""
        if isinstance(thing, bool):
            return "true" if thing else "false"
        return Number(thing) if self.numeric else str(thing)


@dataclass(frozen=True)
class _Flat:
    """What of a type stands in one row: the columns, and the selection that gives them."""

    columns: tuple[_Column, ...]
    selection: str


@dataclass(frozen=True)
class Part:
    """One list of a report's answer, as a table; `path` leads to it, `paged` is one that is read page by page."""

    name: str
    path: tuple[str, ...]
    paged: bool
    head: tuple[_Column, ...]
    body: tuple[_Column, ...]
    selection: str

    @property
    def columns(self) -> list[str]:
        """Name the columns."""
        return [column.name for column in (*self.head, *self.body)]

    def rows(self, answer: Json) -> list[list[str]]:
        """Lay an answer flat."""
        head = [column.cell(answer) for column in self.head]
        return [[*head, *(column.cell(thing) for column in self.body)] for thing in self._things(answer)]

    def end_cursor(self, answer: Json) -> str | None:
        """Tell where the next page begins; None after the last one."""
        if not self.paged:
            return None
        page = _at(answer, self.path)
        return page["pageInfo"]["endCursor"] if page and page["pageInfo"]["hasNextPage"] else None

    def _things(self, answer: Json) -> list[Json]:
        found = _at(answer, self.path)
        if self.paged and found is not None:
            found = found["nodes"]
        if found is None and self.path:
            return []
        return found if isinstance(found, list) else [found]


@dataclass(frozen=True)
class ReportTable:
    """One question to reporting as tables; `question` is the field that answers it."""

    name: str
    question: str
    field: GraphQLField

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """Give the tables that the answer has, the main one first."""
        return {part.name: part for part in _parts(self.field)}

    def part(self, name: str | None) -> Part:
        """Find one of the tables; raise BadParameter if there is no such."""
        if name is None:
            return next(iter(self.parts.values()))
        if name not in self.parts:
            raise BadParameter(f"{self.name} has no part {name[:60]!r}; there are {', '.join(self.parts)}")
        return self.parts[name]

    def document(self, part: Part) -> str:
        """Write the query for one of the tables; its variables are named as the arguments, `after` is the page's."""
        declared = [f"${name}: {argument.type}" for name, argument in self._arguments.items()]
        given = [f"{name}: ${name}" for name in self._arguments]
        if part.paged:
            declared.append(f"${_AFTER}: String")
            if not part.path:
                given += [f"first: {_PAGE}", f"{_AFTER}: ${_AFTER}"]
        head = f"query({', '.join(declared)})" if declared else "query"
        arguments = f"({', '.join(given)})" if given else ""
        return f"{head} {{ {self.question}{arguments} {{ {part.selection} }} }}"

    def variables(self, parameters: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """Read arguments from the parameters of an address: `period.from=2026-01-01`, a list by repeating its name.

        Raise BadParameter for what the report does not take, or does not do without.
        """
        found: dict[str, Any] = {}
        for name, text in parameters:
            _put(found, self._arguments, name, text)
        for name, argument in self._arguments.items():
            if is_required_argument(argument) and name not in found:
                raise BadParameter(f"{self.name} needs the parameter {name}")
        return found

    @property
    def _arguments(self) -> Mapping[str, GraphQLArgument]:
        return {name: argument for name, argument in self.field.args.items() if name not in ("first", _AFTER)}


def report_tables(schema: GraphQLSchema, names: Iterable[str]) -> dict[str, ReportTable]:
    """Give the tables of questions, by their names."""
    query = schema.query_type
    assert query is not None
    questions = {name: _with_moment(name, query.fields) for name in names}
    return {name: ReportTable(name, question, query.fields[question]) for name, question in questions.items()}


def _with_moment(name: str, fields: Mapping[str, GraphQLField]) -> str:
    """Name the question of which the answer tells its moment, too, where a bare list is asked for and there is such a one."""
    report = f"{name}Report"
    return report if _is_list(fields[name].type) and report in fields else name


def _parts(field: GraphQLField) -> Iterator[Part]:
    """Find the lists in an answer, those nearest to its top first; before several such the answer itself, in one row."""
    kind = get_named_type(field.type)
    assert isinstance(kind, GraphQLObjectType)
    if _is_list(field.type):
        flat = _flat(kind)
        yield Part("rows", (), False, (), flat.columns, flat.selection)
        return
    if _is_connection(kind):
        flat = _flat(_node_of(kind))
        yield Part("rows", (), True, (), flat.columns, _page(flat))
        return
    head = _flat(kind)
    lists = sorted(_lists(kind, ()), key=lambda found: len(found[0]))
    if sum(len(path) == 1 for path, _, _ in lists) != 1:  # none of them is what the report is about
        yield Part(_FIGURES if lists else "rows", (), False, (), head.columns, head.selection)
    for path, listed, takes_page in lists:
        row = _flat(listed, taken=frozenset(column.name for column in head.columns))
        inner = _page(row) if takes_page else row.selection
        arguments = f"(first: {_PAGE}, {_AFTER}: ${_AFTER})" if takes_page else ""
        nested = f"{path[-1]}{arguments} {{ {inner} }}"
        for name in reversed(path[:-1]):
            nested = f"{name} {{ {nested} }}"
        yield Part(".".join(path), path, takes_page, head.columns, row.columns, f"{head.selection} {nested}")


def _lists(kind: GraphQLObjectType, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], GraphQLObjectType, bool]]:
    for name, field in _askable(kind):
        named = get_named_type(field.type)
        if not isinstance(named, GraphQLObjectType):
            continue
        here = (*path, name)
        if _is_connection(named):
            yield here, _node_of(named), True
        elif _is_list(field.type):
            yield here, named, False
        elif not _is_thing(named) and len(here) < _DEEPEST:
            yield from _lists(named, here)


def _flat(kind: GraphQLObjectType, taken: frozenset[str] = frozenset(), depth: int = 1) -> _Flat:
    """Give what of a type fits into one row: its leaves, and those of the values and the things that it names."""
    columns: list[_Column] = []
    selected: list[str] = []
    fields = _askable(kind)
    if _is_thing(kind) and depth > 1:
        fields = [(name, field) for name, field in fields if name in _WHO]
    for name, field in fields:
        named = get_named_type(field.type)
        if is_leaf_type(named):
            shown = f"row.{name}" if name in taken else name
            columns.append(_Column(shown, (name,), named.name in _NUMBERS and not _is_list(field.type)))
            selected.append(name)
        elif isinstance(named, GraphQLObjectType) and not _is_list(field.type) and not _is_connection(named):
            if depth == _DEEPEST:
                continue
            inner = _flat(named, depth=depth + 1)
            if inner.columns:
                columns += [_Column(f"{name}.{one.name}", (name, *one.path), one.numeric) for one in inner.columns]
                selected.append(f"{name} {{ {inner.selection} }}")
    return _Flat(tuple(columns), " ".join(selected))


def _page(row: _Flat) -> str:
    return f"nodes {{ {row.selection} }} pageInfo {{ hasNextPage endCursor }}"


def _askable(kind: GraphQLObjectType) -> list[tuple[str, GraphQLField]]:
    """Give the fields that need no argument."""
    fields = kind.fields.items()
    return [(name, field) for name, field in fields if not any(map(is_required_argument, field.args.values()))]


def _is_list(kind: GraphQLOutputType) -> bool:
    nullable = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return isinstance(nullable, GraphQLList)


def _is_connection(kind: GraphQLObjectType) -> bool:
    return "pageInfo" in kind.fields and "nodes" in kind.fields


def _is_thing(kind: GraphQLObjectType) -> bool:
    """Tell a thing of its own, of which a row says only which one it is, from a value."""
    return "id" in kind.fields or "key" in kind.fields


def _node_of(connection: GraphQLObjectType) -> GraphQLObjectType:
    node = get_named_type(connection.fields["nodes"].type)
    assert isinstance(node, GraphQLObjectType)
    return node


def _at(answer: Json, path: Iterable[str]) -> Json:
    for key in path:
        answer = answer and answer[key]
    return answer


def _put(found: dict[str, Any], arguments: Mapping[str, Any], name: str, text: str) -> None:
    """Put a parameter where its name leads."""
    place, known = found, arguments
    *path, last = name.split(".")
    for step in path:
        nested = get_nullable_type(known[step].type) if step in known else None
        if not isinstance(nested, GraphQLInputObjectType):
            raise _unknown(name, arguments)
        place, known = place.setdefault(step, {}), nested.fields
    if last not in known:
        raise _unknown(name, arguments)
    kind = get_nullable_type(known[last].type)
    if isinstance(kind, GraphQLInputObjectType):
        raise _unknown(name, arguments)
    if isinstance(kind, GraphQLList):
        place.setdefault(last, []).append(_value(kind.of_type, name, text))
    elif last in place:
        raise BadParameter(f"the parameter {name} is given twice")
    else:
        place[last] = _value(kind, name, text)


def _value(kind: GraphQLInputType, name: str, text: str) -> Any:
    named = get_named_type(kind)
    assert isinstance(named, (GraphQLScalarType, GraphQLEnumType))
    if named.name == "Boolean":
        if text not in ("true", "false"):
            raise BadParameter(f"{name} is true or false")
        return text == "true"
    if named.name in ("Int", "Float"):
        try:
            return int(text) if named.name == "Int" else float(text)
        except ValueError:
            raise BadParameter(f"{name} is a number") from None
    return text


def _unknown(name: str, arguments: Mapping[str, Any]) -> BadParameter:
    return BadParameter(f"there is no parameter {name[:60]!r}; there are {', '.join(_names(arguments)) or 'none'}")


def _names(arguments: Mapping[str, Any]) -> Iterator[str]:
    for name, argument in arguments.items():
        kind = get_named_type(argument.type)
        if isinstance(kind, GraphQLInputObjectType):
            yield from (f"{name}.{inner}" for inner in _names(kind.fields))
        else:
            yield name
