"""Two years of reminders, by processes that are killed: each occurrence is told once, at the moment that its rule says."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from tests.services.contacts.conftest import Contacts
from tests.services.contacts.moments import Moment, at_moments
from tests.support.databases import ROOT

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS = 731
_PATIENCE = 240.0  # seconds

# local times that the clocks skip on a Sunday of each year, and show twice on another
ZONES = {
    "UTC": "02:15",
    "Europe/Berlin": "02:15",
    "America/New_York": "02:15",
    "Australia/Lord_Howe": "02:15",  # by half an hour
    "Asia/Kathmandu": "02:15",
    "America/Santiago": "00:15",  # at midnight
}
RULES = ("FREQ=WEEKLY;BYDAY=WE,SU", "FREQ=DAILY;INTERVAL=10", "FREQ=MONTHLY;BYMONTHDAY=-1")


class Clock:
    """The time as all processes read it; it may also go back."""

    def __init__(self, file: Path, moment: Moment) -> None:
        self.file, self._moment = file, moment
        self.set(START)

    def set(self, now: datetime) -> None:
        """Let it be a moment."""
        self._moment.now = now
        new = self.file.with_suffix(".new")
        new.write_text(now.isoformat())
        new.replace(self.file)


class Replica:
    """A process that fires the timers."""

    def __init__(self, contacts: Contacts, clock: Clock) -> None:
        url = contacts.database.engine.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "tests.services.contacts.reminding", url, str(clock.file)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None

    def begun(self) -> None:
        """Wait until it fires."""
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "begun\n"

    def kill(self) -> None:
        """End it where it is, as kill -9 does."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def replicas(contacts: Contacts, clock: Clock) -> Iterator[list[Replica]]:
    """Run two, and leave none behind."""
    running = [Replica(contacts, clock) for _ in range(2)]
    try:
        for one in running:
            one.begun()
        yield running
    finally:
        for one in running:
            one.kill()


def told(contacts: Contacts) -> Counter[tuple[str, str, str]]:
    """Count what was told: reminder, recipient, occurrence."""
    due = [data for type, data in contacts.told() if type == "reminder.due"]
    return Counter((one["reminder_id"], one["manager_id"], one["occurrence_at"]) for one in due)


def expansion(rule: str, zone: str) -> list[datetime]:
    """Expand a rule by the wall clock of a zone, as the library does it; PEP 495 reads skipped times by the offset before."""
    last = START + timedelta(days=DAYS)
    first = _first(zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    naive = rrulestr(rule, dtstart=first).between(first, last.replace(tzinfo=None) + timedelta(days=1), inc=True)
    at = [one.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for one in dict.fromkeys([first, *naive])]
    return [one for one in at if one < last]


def _first(zone: str) -> datetime:
    """The first moment, which is an occurrence whatever the rule says."""
    wall = datetime.fromisoformat(f"2026-03-05T{ZONES[zone]}")
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_years_are_told_exactly_by_two_processes_that_are_killed_at_random(
    contacts: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    draw = random.Random(seed)
    clock = Clock(tmp_path / "clock", at_moments(monkeypatch, START))
    expected: Counter[tuple[str, str, str]] = Counter()
    for zone in ZONES:
        manager = contacts.ask("register_manager", name=zone, time_zone=zone)["id"]
        for rule in RULES:
            reminder = contacts.ask(
                "set_reminder", manager_id=manager, at=_first(zone).isoformat(), recurrence=rule
            )["id"]  # fmt: skip
            moments = (at.isoformat().replace("+00:00", "Z") for at in expansion(rule, zone))
            expected.update((reminder, manager, at) for at in moments)
    kills = 0
    with replicas(contacts, clock) as running:
        now, end = START, START + timedelta(days=DAYS) - timedelta(seconds=1)
        while now < end:
            now = min(now + timedelta(days=draw.uniform(20, 90)), end)
            clock.set(now)
            time.sleep(draw.uniform(0, 0.5))
            clock.set(now - timedelta(hours=draw.choice([0, 1])))
            one = draw.randrange(2)
            running[one].kill()
            kills += 1
            running[one] = Replica(contacts, clock)
            if draw.random() < 0.5:  # or it is killed again as it begins
                running[one].begun()
            clock.set(now)
        patience = time.monotonic() + _PATIENCE
        while _due(contacts, end) and time.monotonic() < patience:
            time.sleep(0.2)
    assert kills > 5
    assert told(contacts) == expected


def _due(contacts: Contacts, moment: datetime) -> bool:
    timers = contacts.database.tables.timers
    with contacts.database.reading() as reading:
        read = timers.select().where(timers.c.due_at <= moment, timers.c.name.startswith("reminder."))
        return reading.connection.execute(read).first() is not None
