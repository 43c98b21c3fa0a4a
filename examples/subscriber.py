"""Hear the CRM's events from another system: needs kombu (`pip install kombu`) and nothing of the CRM.

    python subscriber.py                               moves of deals from stage to stage, until Ctrl-C
    python subscriber.py deal.won deal.lost --count 3  other events, three of them
    python subscriber.py 'deal.*' --queue crm-to-erp   a queue of a name: it collects events while this program is away

CRM_AMQP_URL says where the broker is. The user needs to read the exchange `crm.events` and to make the queue.
Each event is one line of JSON on the standard output. Events come at least once: the id tells a repeated one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import uuid
from typing import Any

from kombu import Connection, Consumer, Exchange, Queue

EXCHANGE = "crm.events"


def main() -> int:
    """Connect, bind a queue, print what comes; give the exit code."""
    options = parse_arguments()
    url = os.environ.get("CRM_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672//")
    connection = Connection(url, connect_timeout=5)
    try:
        connection.connect()
    except connection.connection_errors as error:
        return fail(f"the broker at {connection.as_uri()} does not answer: {error}")
    with connection:
        queue = bind_own_queue(connection, options)
        if queue is None:
            return fail(f"there is no exchange {EXCHANGE} at {connection.as_uri()}: has the CRM run with this broker?")
        return listen(connection, queue, options)


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Print the CRM's events, one line of JSON each.")
    parser.add_argument("types", nargs="*", default=["deal.stage_changed"], help="types of event, also deal.* or #")
    parser.add_argument("--count", type=int, help="stop after so many events")
    parser.add_argument("--timeout", type=float, help="stop after so many seconds; exit code 1")
    parser.add_argument("--queue", help="name of a durable queue; without it, one that ends with this program")
    return parser.parse_args()


def bind_own_queue(connection: Connection, options: argparse.Namespace) -> Queue | None:
    """Declare this program's queue and have the events sent to it; None if there is no exchange."""
    exchange = Exchange(EXCHANGE, type="topic", durable=True, passive=True)  # passive: look whether it is there
    if options.queue:
        queue = Queue(options.queue, durable=True, queue_arguments={"x-queue-type": "quorum"})
    else:
        queue = Queue(f"subscriber-{uuid.uuid4()}", durable=False, exclusive=True, auto_delete=True)
    channel = connection.channel()
    try:
        exchange(channel).declare()
    except connection.channel_errors:
        return None
    bound = queue(channel)
    bound.declare()
    for kind in options.types:
        bound.bind_to(exchange=EXCHANGE, routing_key=kind)
    print(f"listening to {', '.join(options.types)} on {EXCHANGE}", file=sys.stderr, flush=True)
    return queue


def listen(connection: Connection, queue: Queue, options: argparse.Namespace) -> int:
    """Print events until there were enough, or the time is over."""
    until = time.monotonic() + options.timeout if options.timeout is not None else None
    heard = 0

    def on_message(message: Any) -> None:
        nonlocal heard
        if options.count is None or heard < options.count:
            print(json.dumps(describe(message)), flush=True)
            message.ack()  # after the work is done: what is not acknowledged comes again
            heard += 1

    with Consumer(connection.channel(), queues=[queue], on_message=on_message, auto_declare=False, prefetch_count=50):
        while options.count is None or heard < options.count:
            if until is not None and time.monotonic() >= until:
                return fail(f"heard {heard} events in {options.timeout:g} s", code=1)
            try:
                connection.drain_events(timeout=0.2)
            except TimeoutError:
                continue
            except connection.connection_errors as error:
                return fail(f"the connection to the broker was lost: {error}")
    return 0


def describe(message: Any) -> dict[str, Any]:
    """Pick out what this program is interested in: attributes are in the headers, data is in the body."""

    def attribute(name: str) -> Any:
        return message.headers.get(f"cloudEvents:{name}")

    data = json.loads(message.body)
    return {
        "id": attribute("id"),
        "type": attribute("type"),
        "subject": attribute("subject"),
        "old_stage": data.get("old_stage"),
        "new_stage": data.get("new_stage"),
        "manager_id": data.get("manager_id"),
        "amount": data.get("amount"),
        "time": attribute("time"),
    }


def fail(sentence: str, code: int = 2) -> int:
    """Say why the program ends."""
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
