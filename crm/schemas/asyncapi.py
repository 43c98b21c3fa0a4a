"""The AsyncAPI 3 document: where other systems hear which events, and what each carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.bus.envelope import CONTENT_TYPE, PREFIX
from chassis.bus.topology import PUBLIC_EXCHANGE
from chassis.events import Published
from crm.schemas.event_schema import schema_name

_SCHEMA_FORMAT = "application/schema+json;version=draft-07"
_INSTANT = {"type": "string", "format": "date-time"}
_NUMBER = {"type": "string", "pattern": "^[0-9]+$"}

_ATTRIBUTES: dict[str, dict[str, Any]] = {
    "specversion": {"const": "1.0", "description": "the version of CloudEvents"},
    "id": {"type": "string", "format": "uuid", "description": "the event's own id; a redelivered event has the same"},
    "source": {"type": "string", "description": "the service that publishes it, after a slash"},
    "type": {"type": "string", "description": "the type of event, equal to the routing key"},
    "subject": {"type": "string", "format": "uuid", "description": "the id of the thing that the event is about"},
    "time": {**_INSTANT, "description": "when it happened in the world; imported facts lie in the past"},
    "recordedtime": {**_INSTANT, "description": "when the system learned of it"},
    "sequence": {**_NUMBER, "description": "the version of the subject after the event; tells the order of its events"},
    "position": {**_NUMBER, "description": "the place in its source's log, from 1 without gaps; tells what was missed"},
    "correlationid": {"type": "string", "description": "the request that led to the event, where there was one"},
}
_OPTIONAL = {"correlationid"}


def asyncapi_document(published: Mapping[str, Sequence[type[Published]]]) -> dict[str, Any]:
    """Describe the public events of each service."""
    kinds = [(source, kind) for source, found in published.items() for kind in found if kind.public]
    by_type: dict[str, list[type[Published]]] = {}
    for _, kind in kinds:
        by_type.setdefault(kind.type, []).append(kind)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Events of the CRM",
            "version": "1",
            "description": (
                f"CloudEvents 1.0 in AMQP's binary mode on the durable topic exchange {PUBLIC_EXCHANGE}: bind a queue of "
                "your own with the types you want as routing keys. Attributes are AMQP headers, the data is the body. "
                "Events are delivered at least once, and those of one subject in order; data carries ids, keys, amounts "
                "and dates, never names or free text. A type's data only ever grows."
            ),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {type: _channel(found) for type, found in sorted(by_type.items())},
        "operations": {
            f"send.{type}": {"action": "send", "channel": {"$ref": f"#/channels/{type}"}} for type in sorted(by_type)
        },
        "components": {
            "messages": {schema_name(kind): _message(source, kind) for source, kind in kinds},
            "schemas": {"attributes": attributes_schema()},
        },
    }


def attributes_schema() -> dict[str, Any]:
    """Describe the AMQP headers that every event has."""
    return {
        "type": "object",
        "properties": {PREFIX + name: schema for name, schema in _ATTRIBUTES.items()},
        "required": [PREFIX + name for name in _ATTRIBUTES if name not in _OPTIONAL],
    }


def _channel(kinds: Sequence[type[Published]]) -> dict[str, Any]:
    exchange = {"name": PUBLIC_EXCHANGE, "type": "topic", "durable": True, "autoDelete": False}
    return {
        "address": kinds[0].type,
        "messages": {f"v{kind.version}": {"$ref": f"#/components/messages/{schema_name(kind)}"} for kind in kinds},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}},
    }


def _message(source: str, kind: type[Published]) -> dict[str, Any]:
    own = {PREFIX + "source": {"const": f"/{source}"}, PREFIX + "type": {"const": kind.type}}
    return {
        "name": kind.type,
        "summary": (kind.__doc__ or "").strip(),
        "contentType": CONTENT_TYPE,
        "headers": {"allOf": [{"$ref": "#/components/schemas/attributes"}, {"type": "object", "properties": own}]},
        "payload": {"schemaFormat": _SCHEMA_FORMAT, "schema": {"$ref": f"./{schema_name(kind)}.json"}},
    }
