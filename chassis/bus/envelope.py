"""Events on the wire: CloudEvents 1.0 over AMQP in binary mode, so that any AMQP client reads them with no library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chassis.errors import Undecodable
from chassis.events import Heard
from chassis.wire import decode

PREFIX = "cloudEvents:"
CONTENT_TYPE = "application/json"


@dataclass(frozen=True, kw_only=True)
class Message:
    """What goes over the bus: AMQP headers and a body."""

    headers: dict[str, Any]
    body: bytes


def event_headers(
    *,
    event_id: str,
    source: str,
    type: str,
    subject: str,
    occurred_at: datetime,
    recorded_at: datetime,
    sequence: int,
    position: int,
    correlation_id: str | None,
) -> dict[str, Any]:
    """Give the attributes of an event as AMQP headers."""
    headers = {
        "specversion": "1.0",
        "id": event_id,
        "source": f"/{source}",
        "type": type,
        "subject": subject,
        "time": _instant(occurred_at),
        "recordedtime": _instant(recorded_at),
        "sequence": str(sequence),
        "position": str(position),
    }
    if correlation_id is not None:
        headers["correlationid"] = correlation_id
    return {PREFIX + name: value for name, value in headers.items()}


def read_message(message: Message) -> Heard:
    """Read an event; raise Undecodable, saying why, if the message is none."""
    attributes = {
        name.removeprefix(PREFIX): value
        for name, value in message.headers.items()
        if isinstance(name, str) and name.startswith(PREFIX)
    }
    data = decode(message.body)
    if not isinstance(data, dict):
        raise Undecodable("the body is not a JSON object")
    try:
        return _adapter.validate_python(
            {
                "id": attributes.get("id"),
                "source": str(attributes.get("source", "")).removeprefix("/"),
                "type": attributes.get("type"),
                "position": attributes.get("position"),
                "sequence": attributes.get("sequence"),
                "occurred_at": attributes.get("time"),
                "recorded_at": attributes.get("recordedtime"),
                "correlation_id": attributes.get("correlationid"),
                "data": data,
            }
        )
    except ValidationError as error:
        faults = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors(include_url=False))
        raise Undecodable(f"the CloudEvents attributes do not fit: {faults}") from error


_adapter = TypeAdapter(Heard)


def _instant(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")
