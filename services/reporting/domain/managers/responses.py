"""How soon clients are answered.

What a client writes waits for an answer: e-mails and messages; a call or a meeting is answered while it takes place. What goes
out to the same client afterwards answers it, whoever sent it: a call, meeting, e-mail or message between people; notes and what
a machine wrote answer nobody, as with claims. What a client writes while they wait is part of the same wait, which begins with
the first: so help desks reckon the time of a reply (Intercom: from the first message after the last reply until the next one).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.business_calendar import BusinessCalendar
from services.reporting.domain.spread import cell_of

_ASK = frozenset({"EMAIL", "MESSAGE"})
_MICROSECOND = timedelta(microseconds=1)
_FINER = 60  # minutes of answers lie in the tree as hours of cycles do


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a client wrote or, where it answers, was told; `manager_id` is the first of ours who took part."""

    partner_id: UUID
    interaction_id: UUID
    occurred_at: datetime
    manager_id: UUID | None
    answers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """That a client waited for an answer that a manager owed: until it came, or still."""

    partner_id: UUID
    interaction_id: UUID
    began_at: datetime
    manager_id: UUID
    answered_at: datetime | None

    def took(self, calendar: BusinessCalendar) -> int | None:
        """Tell how long it took, in microseconds of business time; None while it lasts."""
        if self.answered_at is None:
            return None
        return calendar.business_time_between(self.began_at, self.answered_at) // _MICROSECOND


def answers(kind: str, direction: str, *, automatic: bool) -> bool | None:
    """Tell of an interaction whether it answers a client (True), waits for an answer (False), or neither (None)."""
    if automatic:
        return None
    if direction == "OUT" and kind != "NOTE":
        return True
    return False if direction == "IN" and kind in _ASK else None


def waits(words: Iterable[Word]) -> Iterator[Wait]:
    """Give the waits of one client, of words in any order; of a wait that nobody of ours was addressed in none is owed.

    Of words of the same moment answers come first: only what went out afterwards answers.
    """
    first: Word | None = None
    for word in sorted(words, key=lambda one: (one.occurred_at, not one.answers, one.interaction_id)):
        if not word.answers:
            first = first or word
        elif first is not None:
            yield from _owed(first, word.occurred_at)
            first = None
    if first is not None:
        yield from _owed(first, None)


def _owed(word: Word, answered_at: datetime | None) -> Iterator[Wait]:
    if word.manager_id is not None:
        yield Wait(
            partner_id=word.partner_id,
            interaction_id=word.interaction_id,
            began_at=word.occurred_at,
            manager_id=word.manager_id,
            answered_at=answered_at,
        )


def place_of(took: int) -> int:
    """Give the leaf of the tree of domain/spread in which a wait lies that took so long."""
    return cell_of(took * _FINER)
