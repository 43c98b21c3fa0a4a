"""Time as a test sets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest


@dataclass
class Moment:
    """What the storage takes for now."""

    now: datetime


def at_moments(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Moment:
    """Let transactions happen at moments that the test sets."""
    moment = Moment(now)
    monkeypatch.setattr("chassis.store.database.utc_now", lambda: moment.now)
    return moment
