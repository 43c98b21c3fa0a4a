"""Calendar feeds: a secret address under which calendars read what a manager has planned."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.kinds import CALENDAR_FEED

_SECRET_BYTES = 24


@dataclass(frozen=True, kw_only=True)
class CalendarFeed:
    """A feed of one manager, known by the hash of its secret: who reads the database cannot read calendars."""

    id: UUID
    manager_id: UUID
    secret_hash: str
    created_at: datetime
    revoked_at: datetime | None = None

    @classmethod
    def open(cls, manager_id: UUID, now: datetime) -> tuple[CalendarFeed, str]:
        """Make a feed, and the secret that is told once."""
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        return cls(id=new_id(CALENDAR_FEED), manager_id=manager_id, secret_hash=hash_of(secret), created_at=now), secret

    def revoke(self, now: datetime) -> CalendarFeed:
        """Let nobody read it any more."""
        if self.revoked_at is not None:
            raise refuse("ALREADY_REVOKED", "nobody reads this feed any more; open another one", "feed")
        return replace(self, revoked_at=now)


def hash_of(secret: str) -> str:
    """Give what a secret is found by."""
    return hashlib.sha256(secret.encode()).hexdigest()
