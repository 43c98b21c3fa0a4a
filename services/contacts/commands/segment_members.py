"""Who belongs to a segment: what commands about members share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import Problem, Refused, refuse
from chassis.store.database import Transaction
from services.contacts.domain.segment import Segment
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.segments import BATCH, Segments
from services.contacts.storage.tables import partners

REVIEW = "segment.review"
"""The timer that brings the members of a segment in line with its rule."""

_EVERY = timedelta(hours=1)


def check_reach(partner_ids: Sequence[UUID], tx: Transaction, actor: Actor) -> None:
    """Raise Refused with NOT_FOUND for each partner that is not there for the actor, or for too many at once."""
    if len(partner_ids) > BATCH:
        raise refuse(
            "TOO_MANY", f"at most {BATCH} partners are named at once; these are {len(partner_ids)}", "partners"
        )
    here = sa.select(partners.c.id).where(partners.c.id.in_(partner_ids), partners_in_reach(actor))
    there = set(tx.connection.execute(here).scalars()) if partner_ids else set()
    problems = [
        Problem(code="NOT_FOUND", message=f"there is no partner {id}", field=("partners", str(place)))
        for place, id in enumerate(partner_ids)
        if id not in there
    ]
    if problems:
        raise Refused(*problems)


def keep_in_line(segment: Segment, tx: Transaction) -> None:
    """Bring a batch of members of a segment that is held in line with its rule; a timer goes on with the others."""
    done = Segments(tx).bring_in_line(segment)
    tx.schedule(REVIEW, str(segment.id), tx.now + _EVERY if done else tx.now)
