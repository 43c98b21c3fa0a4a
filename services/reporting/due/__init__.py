"""What the reporting service does when a moment has come."""

from __future__ import annotations

from services.reporting.due.take_snapshots import TAKE_SNAPSHOTS, take_snapshots

DUE = {TAKE_SNAPSHOTS: take_snapshots}
"""Every timer of the service, by its name; each of them always stands."""
