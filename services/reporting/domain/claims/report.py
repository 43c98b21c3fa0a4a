"""What claims add up to: how many, how soon, and how many of them in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.reporting.domain.claims.facts import ClaimState
from services.reporting.domain.percentiles import median, p90
from services.reporting.domain.period import Period
from services.reporting.domain.ratio import Ratio

Key = str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long something took, in seconds of business time; None where it never came to it."""

    count: int
    median: float | None
    p90: float | None

    @classmethod
    def of(cls, seconds: list[int]) -> Times:
        """Work out the median and the 90th percentile."""
        ordered, count = sorted(seconds), len(seconds)
        if not count:
            return cls(count=0, median=None, p90=None)
        return cls(count=count, median=median(ordered, count), p90=float(p90(ordered, count)))


@dataclass(slots=True, kw_only=True)
class ClaimFigures:
    """The claims under one key.

    `registered`, times and compliance are of the claims registered in the period; `resolved` counts those resolved in it that
    stayed so, `reopened` each reopening in it; `open` and `late` are of all claims, as of the moment.
    """

    key: Key
    registered: int = 0
    resolved: int = 0
    reopened: int = 0
    open: int = 0
    late: int = 0
    first_responses: list[int] = field(default_factory=list)
    resolutions: list[int] = field(default_factory=list)
    first_responses_met: int = 0
    first_responses_decided: int = 0
    resolutions_met: int = 0
    resolutions_decided: int = 0

    @property
    def first_response_compliance(self) -> Ratio:
        """Give the share of first answers that came in time among those that did or should have."""
        return Ratio(numerator=self.first_responses_met, denominator=self.first_responses_decided)

    @property
    def resolution_compliance(self) -> Ratio:
        """Give the share of claims that were resolved in time among those that were or should have been."""
        return Ratio(numerator=self.resolutions_met, denominator=self.resolutions_decided)

    def count_registered(self, claim: ClaimState, at: datetime) -> None:
        """Count a claim that was registered in the period."""
        self.registered += 1
        if claim.first_response_seconds is not None:
            self.first_responses.append(claim.first_response_seconds)
        if claim.resolved_at is not None and claim.resolution_seconds is not None:
            self.resolutions.append(claim.resolution_seconds)
        answered, resolved = claim.first_response_met(at), claim.resolution_met(at)
        self.first_responses_met += answered is True
        self.first_responses_decided += answered is not None
        self.resolutions_met += resolved is True
        self.resolutions_decided += resolved is not None

    def count_standing(self, claim: ClaimState, at: datetime) -> None:
        """Count a claim that was resolved in the period, or is open."""
        if claim.resolved_at is not None:
            self.resolved += 1
        else:
            self.open += 1
            self.late += claim.resolution_met(at) is False


def claim_figures(
    claims: Iterable[ClaimState],
    reopenings: Iterable[tuple[UUID, datetime]],
    *,
    period: Period,
    at: datetime,
    keys_of: Callable[[ClaimState, datetime | None], Iterable[Key]],
) -> list[ClaimFigures]:
    """Add up under each key, in the order of the keys, what has none last.

    `keys_of` gives the keys of a claim for what happened to it at a moment; for None, for how it stands.
    """
    rows: dict[Key, ClaimFigures] = {}
    again: dict[UUID, list[datetime]] = defaultdict(list)
    for claim_id, when in reopenings:
        again[claim_id].append(when)

    def rows_of(claim: ClaimState, when: datetime | None) -> list[ClaimFigures]:
        return [rows.setdefault(key, ClaimFigures(key=key)) for key in keys_of(claim, when)]

    for claim in claims:  # of which there may be more than memory should hold
        if claim.registered_at in period:
            for row in rows_of(claim, claim.registered_at):
                row.count_registered(claim, at)
        if claim.resolved_at is None or claim.resolved_at in period:
            for row in rows_of(claim, claim.resolved_at):
                row.count_standing(claim, at)
        for when in again.get(claim.claim_id, ()):
            for row in rows_of(claim, when):
                row.reopened += 1
    return [rows[key] for key in sorted(rows, key=lambda one: (one is None, one or ""))]
