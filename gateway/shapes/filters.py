"""Filters and orders on their way to a service."""

from __future__ import annotations

from typing import Any

import graphene

from chassis.wire import Json
from gateway.kinds import Kind, kind_named_by
from gateway.references import Reference, on_the_wire
from gateway.shapes.scalars import bad_input


def wire_filter(given: Json | None, kind: type[graphene.InputObjectType]) -> Json:
    """Give a filter under its names on the wire; raise BAD_USER_INPUT for an id that cannot name what is filtered by."""
    if not given:
        return {}
    fields: dict[str, Any] = kind._meta.fields
    payload: dict[str, Any] = {}
    for name, value in given.items():
        if value is None:
            continue
        field = fields[name]
        if isinstance(field, Reference):
            _check(name, value, field.kind)
        payload[on_the_wire(name) if isinstance(field, Reference) else name] = value
    return payload


def _check(name: str, ids: list[str], kind: Kind) -> None:
    for text in ids:
        if kind_named_by(text) is not kind:
            raise bad_input(f"filter.{name}: {text[:60]!r} is not the id of a {kind.word}")


def ordered(order: str | None, default: str) -> Json:
    """Give an order as a service takes it: NAME_DESC → {"order": "NAME", "descending": True}."""
    order = order or default
    return {"order": order.removesuffix("_DESC"), "descending": order.endswith("_DESC")}
