"""What claims does when a moment has come."""

from __future__ import annotations

from services.claims.due.escalate_late import escalate_late
from services.claims.storage.deadlines import DEADLINE

DUE = {DEADLINE: escalate_late}
"""Every timer of the service, by its name."""
