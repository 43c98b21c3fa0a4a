"""One JSON Schema for each type and version of event."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from chassis.events import Published

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"  # what AsyncAPI's tools must read; later drafts they may


def schema_name(kind: type[Published]) -> str:
    """Name the schema of an event class: type and version."""
    return f"{kind.type}.v{kind.version}"


def event_schema(kind: type[Published]) -> Schema:
    """Describe the data of an event as those who receive it see it."""
    raw = TypeAdapter(kind).json_schema(
        mode="serialization", ref_template="#/definitions/{model}", schema_generator=_EveryFieldIsSent
    )
    schema: Schema = _trimmed(raw)
    definitions = schema.pop("$defs", None)
    head = {"$schema": DIALECT, "title": schema_name(kind), "description": schema.pop("description")}
    return {**head, **schema, **({"definitions": definitions} if definitions else {})}


class _EveryFieldIsSent(GenerateJsonSchema):
    """pydantic takes fields with a default for optional; an event's body has them all."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        """Say that a field is there."""
        return True


def _trimmed(node: Any, *, names: bool = False) -> Any:
    """Leave out the titles that pydantic makes of names, and defaults. `names` says that keys here name properties."""
    if isinstance(node, list):
        return [_trimmed(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _trimmed(value, names=not names and key in ("properties", "$defs"))
        for key, value in node.items()
        if names or key not in ("title", "default")
    }
