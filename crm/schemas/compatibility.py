"""Whether a schema has changed only by adding: who reads the old one can read what the new one describes.

Added properties and added values of an enumeration are additions. Everything else is not: a property taken away or no
longer always there, another type or format, also null where it could not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm.schemas.event_schema import Schema

_REMARKS = {"$schema", "$id", "title", "description", "definitions", "examples", "default"}
_COMPARED_APART = {"properties", "required", "enum", "items", "anyOf"}


def breaches(old: Schema, new: Schema) -> list[str]:
    """Tell what of the old schema no longer holds in the new one, one sentence each."""
    return list(_compare(old, new, old, new, path="", within=frozenset()))


def _compare(
    old: Schema, new: Schema, old_root: Schema, new_root: Schema, path: str, within: frozenset[str]
) -> Iterator[str]:
    reference = old.get("$ref")
    if reference in within:
        return  # a definition within itself is compared already
    within = within | {reference} if reference else within
    old, new = _resolved(old, old_root), _resolved(new, new_root)
    at = path or "the event"
    for keyword in sorted((old.keys() | new.keys()) - _REMARKS - _COMPARED_APART):
        if old.get(keyword) != new.get(keyword):
            yield f"{at}: {keyword} was {old.get(keyword)!r} and is {new.get(keyword)!r}"
    yield from _compare_enums(old, new, at)
    yield from _compare_properties(old, new, old_root, new_root, path, within)
    if "items" in old or "items" in new:
        yield from _compare(old.get("items", {}), new.get("items", {}), old_root, new_root, f"{path}[]", within)
    before, after = old.get("anyOf", []), new.get("anyOf", [])
    if len(before) != len(after):
        yield f"{at}: was {_kinds(before) or old.get('type')} and is {_kinds(after) or new.get('type')}"
        return
    for one, other in zip(before, after, strict=True):
        yield from _compare(one, other, old_root, new_root, path, within)


def _compare_properties(
    old: Schema, new: Schema, old_root: Schema, new_root: Schema, path: str, within: frozenset[str]
) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name, one in before.items():
        place = f"{path}.{name}" if path else name
        if name not in after:
            yield f"{place}: was taken away"
            continue
        if name in old.get("required", ()) and name not in new.get("required", ()):
            yield f"{place}: was always there and no longer is"
        yield from _compare(one, after[name], old_root, new_root, place, within)


def _compare_enums(old: Schema, new: Schema, at: str) -> Iterator[str]:
    before, after = old.get("enum"), new.get("enum")
    if (before is None) != (after is None):
        yield f"{at}: " + ("is no longer an enumeration" if after is None else "became an enumeration")
    elif before is not None and after is not None:
        gone = [value for value in before if value not in after]
        if gone:
            yield f"{at}: the values {gone} were taken away"


def _resolved(schema: Schema, root: Schema) -> Schema:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return {**found, **{key: value for key, value in schema.items() if key != "$ref"}}


def _kinds(alternatives: list[Schema]) -> str:
    return " or ".join(str(one.get("type", one.get("$ref"))) for one in alternatives)
