"""Preferences: what a client prefers, as they said or as their purchases show, and from when to when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.kinds import PREFERENCE
from services.contacts.domain.problems import Problems
from services.contacts.domain.validity import check_interval, checked_day

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
_FINEST = Decimal("0.0001")


class PreferenceKind(StrEnum):
    """What someone may have a preference in."""

    CATEGORY = "CATEGORY"
    BRAND = "BRAND"
    PRICE_BAND = "PRICE_BAND"
    CHANNEL = "CHANNEL"
    DELIVERY = "DELIVERY"


class PreferenceSource(StrEnum):
    """Whether the client said so, or their purchases show it."""

    STATED = "STATED"
    DERIVED = "DERIVED"


@dataclass(frozen=True, kw_only=True)
class Preference:
    """What a partner prefers from a day on; `valid_to` is the first day on which it holds no more.

    `value` is a key of the enterprise's own choice; `weight`, from 0 to 1, says how much it counts.
    """

    id: UUID
    version: int
    partner_id: UUID
    kind: PreferenceKind
    value: str
    weight: Decimal
    source: PreferenceSource
    valid_from: date
    valid_to: date | None
    recorded_at: datetime

    @classmethod
    def register(
        cls,
        partner_id: UUID,
        kind: PreferenceKind,
        value: str,
        *,
        source: PreferenceSource,
        valid_from: date,
        valid_to: date | None,
        weight: Decimal,
        now: datetime,
    ) -> Preference:
        """Make a new preference; raise Refused with all that does not fit."""
        problems = Problems()
        with problems.under():
            _check_key(value)
        with problems.under():
            weight = _checked_weight(weight)
        with problems.under():
            check_interval(valid_from, valid_to)
            if valid_to == valid_from:
                raise refuse("INVALID_INTERVAL", "it has to hold for a day at least; give a later validTo", "validTo")
        problems.settle()
        return cls(
            id=new_id(PREFERENCE), version=1, partner_id=partner_id, kind=kind, value=value, weight=weight,
            source=source, valid_from=valid_from, valid_to=valid_to, recorded_at=now,
        )  # fmt: skip

    def end(self, on: date) -> Preference:
        """End the preference: it holds no more from a day on; raise Refused where that is no earlier end."""
        checked_day(on, "on")
        if on < self.valid_from:
            raise refuse("INVALID_INTERVAL", f"it begins on {self.valid_from}, and cannot end before that", "on")
        if self.valid_to is not None and self.valid_to <= on:
            raise refuse("ENDED_ALREADY", f"it holds no more from {self.valid_to} on already", "preference")
        return replace(self, version=self.version + 1, valid_to=on)

    def overlaps(self, other: Preference) -> bool:
        """Tell whether there is a day on which both hold."""
        return _before(self.valid_from, other.valid_to) and _before(other.valid_from, self.valid_to)


def make_room(new: Preference, held: Iterable[Preference]) -> tuple[Preference, list[Preference]]:
    """Let each of the stated preferences of one kind hold until the next one begins.

    Give the new one, which ends where a later one begins, and those held that it ends; of two that begin on one day the
    one that was said last holds.
    """
    ended = []
    for one in held:
        if not new.overlaps(one):
            continue
        if one.valid_from <= new.valid_from:
            ended.append(one.end(new.valid_from))
        else:
            new = replace(new, valid_to=one.valid_from)
    return new, ended


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end


def _check_key(value: str) -> None:
    if not _KEY.fullmatch(value):
        message = "a value is a key of 1 to 100 letters, digits and . _ : -, like steel_pipes; give the key, not a text"
        raise refuse("INVALID", message, "value")


def _checked_weight(weight: Decimal) -> Decimal:
    if not weight.is_finite() or not 0 < weight <= 1:
        raise refuse("INVALID", "a weight is more than 0 and at most 1", "weight")
    if weight != weight.quantize(_FINEST):
        raise refuse("INVALID", "a weight has four digits after the point at most", "weight")
    return weight.quantize(_FINEST)
