"""The example of a subscriber, run as another system would: by itself, with none of our code within reach."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection

from chassis.bus.envelope import event_headers
from chassis.bus.topology import Topology
from chassis.events import Published
from chassis.ids import new_id
from crm.system import events_of
from services.deals.events import AmountTold, DealStageChanged

PROGRAM = Path(__file__).parents[2] / "examples" / "subscriber.py"

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the program in a folder of its own; what still runs at the end is stopped."""
    shutil.copy(PROGRAM, tmp_path)
    running: list[subprocess.Popen[str]] = []

    def start_one(url: str, *arguments: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [sys.executable, "-I", str(tmp_path / "subscriber.py"), *arguments],
            cwd=tmp_path,
            env={"CRM_AMQP_URL": url, "PATH": os.environ["PATH"]},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(program)
        return program

    yield start_one
    for program in running:
        program.kill()
        program.communicate()


def moved(old: str, new: str) -> DealStageChanged:
    """A deal's move from one stage to another."""
    return DealStageChanged(
        sequence=2, occurred_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC), deal_id=new_id(0x202), process_id=new_id(0x201),
        process_key="typical", process_version=1, manager_id=new_id(0x102), partner_id=new_id(0x101),
        amount=AmountTold(amount=Decimal("500.00"), currency="USD", base=Decimal("500.00")), products=("boxes",),
        old_stage=old, new_stage=new, old_rank=1, new_rank=2,
    )  # fmt: skip


def declare(connection: Any) -> None:
    """Declare the exchanges of deals and of what others may see."""
    shown = frozenset(kind.type for kind in events_of("deals") if kind.public)
    Topology(public={"deals": shown}).declare(connection.channel())


def publish(connection: Any, event: Published, position: int) -> None:
    """Publish an event of a deal where the relay does."""
    headers = event_headers(
        event_id=str(new_id(0)), source="deals", type=event.type, subject=str(event.subject_id),
        occurred_at=event.occurred_at, recorded_at=datetime.now(UTC), sequence=event.sequence, position=position,
        correlation_id=None,
    )  # fmt: skip
    connection.Producer().publish(
        event.body(), exchange="deals.events", routing_key=event.type, headers=headers, content_type="application/json"
    )


def test_moves_of_deals_are_heard_and_read_without_our_code(amqp_url: str, start: Start) -> None:
    with Connection(amqp_url) as connection:
        declare(connection)
        program = start(amqp_url, "--count", "2", "--timeout", "30")
        assert program.stderr is not None
        assert "listening" in program.stderr.readline()
        first, second = moved("lead", "talk"), moved("talk", "offer")
        publish(connection, first, 1)
        publish(connection, second, 2)
        out, errors = program.communicate(timeout=30)
    assert program.returncode == 0, errors
    heard = [json.loads(line) for line in out.splitlines()]
    assert [(one["old_stage"], one["new_stage"]) for one in heard] == [("lead", "talk"), ("talk", "offer")]
    assert heard[0].pop("id")
    assert heard[0] == {
        "type": "deal.stage_changed",
        "subject": str(first.deal_id),
        "old_stage": "lead",
        "new_stage": "talk",
        "manager_id": str(first.manager_id),
        "amount": {"amount": "500.00", "currency": "USD", "base": "500.00"},
        "time": "2025-03-01T09:30:00Z",
    }


def test_events_wait_in_a_queue_of_a_name(amqp_url: str, start: Start) -> None:
    with Connection(amqp_url) as connection:
        declare(connection)
        away = start(amqp_url, "--queue", "crm-to-erp", "--timeout", "0")
        assert "heard 0 events" in away.communicate(timeout=30)[1]
        assert away.returncode == 1
        publish(connection, moved("lead", "talk"), 1)
        back = start(amqp_url, "--queue", "crm-to-erp", "--count", "1", "--timeout", "30")
        assert '"new_stage": "talk"' in back.communicate(timeout=60)[0]


def test_a_missing_exchange_is_said_clearly(amqp_url: str, start: Start) -> None:
    program = start(amqp_url)
    out, errors = program.communicate(timeout=30)
    assert (program.returncode, out) == (2, "")
    assert errors.startswith("there is no exchange crm.events at amqp://")
    assert errors.count("\n") == 1


def test_a_missing_broker_is_said_clearly(start: Start) -> None:
    program = start("amqp://guest:secret@127.0.0.1:1//")
    out, errors = program.communicate(timeout=60)
    assert (program.returncode, out) == (2, "")
    assert "does not answer" in errors
    assert "secret" not in errors
