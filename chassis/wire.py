"""JSON, as it goes over the bus and into the event log: Decimal as a string, time as RFC 3339 in UTC."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from chassis.errors import Problem, Refused, Undecodable

T = TypeVar("T")
Json = Any
"""What JSON can say: None, bool, int, float, str, list and dict of these."""

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_PASSTHROUGH_DATACLASS


def _other(value: object) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} does not go over the wire")


def encode(value: object) -> bytes:
    """Write a value as JSON: UUID, date, datetime, enumerations, Decimal, sets and dataclasses included."""
    return orjson.dumps(value, default=_other, option=_OPTIONS)


def decode(body: bytes | str | memoryview) -> Json:
    """Read JSON; raise Undecodable if it is none."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Undecodable(f"the body is not JSON: {error}") from error


def plain(value: object) -> Json:
    """Give a value as those at the other end of the wire will see it."""
    return orjson.loads(encode(value))


_adapters: dict[Any, TypeAdapter[Any]] = {}


def parse(kind: type[T], data: Json) -> T:
    """Read a dataclass from JSON; raise Refused with one problem for each field that does not fit."""
    adapter = _adapters.get(kind)
    if adapter is None:
        adapter = _adapters[kind] = TypeAdapter(kind)
    try:
        value: T = adapter.validate_python(data)
        return value
    except ValidationError as error:
        problems = [
            Problem(
                code=_code(fault["type"]), message=fault["msg"], field=tuple(str(part) for part in fault["loc"]) or None
            )
            for fault in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise Refused(*problems) from error


def _code(kind: str) -> str:
    match kind:
        case "missing":
            return "REQUIRED"
        case "string_too_short":
            return "TOO_SHORT"
        case "string_too_long" | "too_long":
            return "TOO_LONG"
        case _:
            return "INVALID"
