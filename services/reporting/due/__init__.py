"""What the reporting service does when a moment has come."""

from __future__ import annotations

from services.reporting.due.classify_monthly import CLASSIFY, classify_monthly, next_month
from services.reporting.due.take_snapshots import TAKE_SNAPSHOTS, at_once, take_snapshots

DUE = {CLASSIFY: classify_monthly, TAKE_SNAPSHOTS: take_snapshots}
"""Every timer of the service, by its name."""

STANDING = {CLASSIFY: next_month, TAKE_SNAPSHOTS: at_once}
"""Timers that are always set, and when one is due that nobody has set yet."""
