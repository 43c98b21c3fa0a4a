"""JSON, as it goes over the bus and into the event log: Decimal as a string, time as RFC 3339 in UTC."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from chassis.errors import Problem, Refused, Undecodable

T = TypeVar("T")
Json = Any
"""What JSON can say: None, bool, int, float, str, list and dict of these."""

NO_NUL = r"^[^\x00]*$"
"""The pattern of texts that are to be stored: PostgreSQL keeps no NUL in one."""

_PYTHON_NAME = re.compile(r"<[\w.]+: ('[^']*')>")

_SENTENCES = {
    "missing": ("REQUIRED", "this is required"),
    "string_too_short": ("TOO_SHORT", "give at least {min_length} characters"),
    "string_too_long": ("TOO_LONG", "at most {max_length} characters fit here"),
    "string_pattern_mismatch": ("INVALID", "this has to match {pattern}"),
    "too_short": ("TOO_SHORT", "give at least {min_length} of these"),
    "too_long": ("TOO_LONG", "give at most {max_length} of these at once"),
    "greater_than": ("INVALID", "give more than {gt}"),
    "greater_than_equal": ("INVALID", "give {ge} or more"),
    "less_than": ("INVALID", "give less than {lt}"),
    "less_than_equal": ("INVALID", "give {le} or less"),
    "enum": ("INVALID", "choose one of {expected}"),
    "literal_error": ("INVALID", "choose one of {expected}"),
}
"""What pydantic finds, by its name there: our code and sentence."""

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
        faults = error.errors(include_url=False, include_input=False)
        raise Refused(*(_problem(fault) for fault in faults)) from error


def _problem(fault: ErrorDetails) -> Problem:
    code, message = _in_our_words(fault["type"], fault.get("ctx", {}), fault["msg"])
    return Problem(code=code, message=message, field=tuple(str(part) for part in fault["loc"]) or None)


def _in_our_words(kind: str, limits: dict[str, Any], said: str) -> tuple[str, str]:
    """Give the code and the sentence of what pydantic found: its own words name Python's types, not what to do."""
    if kind.endswith("too_short") and limits.get("min_length") == 1:
        return "REQUIRED", "this may not be empty"
    if limits.get("pattern") == NO_NUL:
        return "INVALID", "text holds no characters of code 0; leave them out"
    code, sentence = _SENTENCES.get(kind, ("INVALID", None))
    return code, _PYTHON_NAME.sub(r"\1", sentence.format_map(limits)) if sentence else said
