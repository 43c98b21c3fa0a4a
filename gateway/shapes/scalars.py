"""Scalars, read strictly: what is not exactly meant is refused with BAD_USER_INPUT, never guessed.

Inside the gateway and on the wire they are strings in one canonical spelling, so values are neither built nor printed
for every row of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import graphene
from graphql import GraphQLError, ValueNode
from graphql.language import IntValueNode, StringValueNode

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,28}(\.\d{1,18})?", re.ASCII)


def bad_input(message: str) -> GraphQLError:
    """Make the error of a value that does not parse."""
    return GraphQLError(message, extensions={"code": "BAD_USER_INPUT"})


def _instant(value: Any) -> str:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC).isoformat().replace("+00:00", "Z")
        except (ValueError, OverflowError):
            pass
    raise bad_input(f"{_shown(value)} is not a moment of RFC 3339 with its offset, as 2026-03-01T09:30:00Z")


def _day(value: Any) -> str:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    raise bad_input(f"{_shown(value)} is not a date as 2026-03-01")


def _decimal(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return value
    raise bad_input(f'{_shown(value)} is not an exact decimal number in a string, as "19.90"')


def _shown(value: Any) -> str:
    return repr(value)[:60]


def _same(value: Any) -> Any:
    return value


def _literal(read: Callable[[Any], str], node: ValueNode) -> str:
    if isinstance(node, StringValueNode):
        return read(node.value)
    raise bad_input(f"a {node.kind.removesuffix('_value')} is not taken here: write a string")


class DateTime(graphene.Scalar):
    """A moment: RFC 3339, given out in UTC; one without an offset is refused."""

    serialize = staticmethod(_same)
    parse_value = staticmethod(_instant)

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> str:
        """Read a moment that is written in the query."""
        return _literal(_instant, node)


def occurred_at(after: str | None = None) -> DateTime:
    """Declare when something happened that is told of later; `after` names what it may not come before."""
    bounds = "not in the future" + (f", nor before {after}" if after else "")
    return DateTime(
        description=f"when it happened, of what is told of later (scope import): {bounds}; now, if not given"
    )


class Date(graphene.Scalar):
    """A day: YYYY-MM-DD."""

    serialize = staticmethod(_same)
    parse_value = staticmethod(_day)

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> str:
        """Read a day that is written in the query."""
        return _literal(_day, node)


class Json(graphene.Scalar):
    """JSON of any shape; it is only given out."""

    serialize = staticmethod(_same)


class Decimal(graphene.Scalar):
    """An exact decimal number, as a string; whole numbers may be written as such, floats are refused."""

    serialize = staticmethod(_same)
    parse_value = staticmethod(_decimal)

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> str:
        """Read a number that is written in the query."""
        return _decimal(node.value) if isinstance(node, IntValueNode) else _literal(_decimal, node)
