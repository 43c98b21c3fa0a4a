"""How clients react to proposals: each version that was sent has one response that counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.reporting.domain.percentiles import median
from services.reporting.domain.ratio import Ratio

_MICROSECOND = timedelta(microseconds=1)
_DAY = 86_400_000_000  # microseconds


class ProposalKind(StrEnum):
    """What a fact of a version of a proposal says."""

    SENT = "SENT"
    RESPONDED = "RESPONDED"
    SUPERSEDED = "SUPERSEDED"


class Reaction(StrEnum):
    """How a client reacted to a version."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    COUNTER_OFFER = "COUNTER_OFFER"
    DEFERRED = "DEFERRED"
    NO_ANSWER = "NO_ANSWER"
    """Its validity ended without an answer."""
    AWAITED = "AWAITED"
    """The client has it and may still answer."""
    SUPERSEDED = "SUPERSEDED"
    """Another version took its place: no response to it counts."""


_EFFECTIVE = (
    Reaction.ACCEPTED, Reaction.REJECTED, Reaction.COUNTER_OFFER, Reaction.DEFERRED, Reaction.NO_ANSWER,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SentVersion:
    """A version as its last fact tells it; `responded_at` is when the response that counts was given."""

    kind: ProposalKind
    response: str | None
    sent_at: datetime
    responded_at: datetime

    @property
    def reaction(self) -> Reaction:
        """How the client reacted to it."""
        return reaction_of(self.kind, self.response)

    @property
    def latency(self) -> int | None:
        """How long the client took to answer, in microseconds; None where nobody answered."""
        answered = self.kind is ProposalKind.RESPONDED and self.reaction is not Reaction.NO_ANSWER
        return (self.responded_at - self.sent_at) // _MICROSECOND if answered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionFigures:
    """Reactions, counted: acceptance is accepted / versions with a response that counts, no answer among them."""

    counts: Counter[Reaction]
    latencies: tuple[int, ...]

    @property
    def sent(self) -> int:
        """How many versions were sent."""
        return sum(self.counts.values())

    @property
    def acceptance(self) -> Ratio:
        """Tell which part of the versions with a response were accepted."""
        responses = sum(self.counts[one] for one in _EFFECTIVE)
        return Ratio(numerator=self.counts[Reaction.ACCEPTED], denominator=responses)

    @property
    def median_latency_days(self) -> float | None:
        """How long clients took to answer, in days of 24 hours; None where nobody answered."""
        ordered = sorted(self.latencies)
        return median(ordered, len(ordered)) / _DAY if ordered else None


def reaction_of(kind: ProposalKind, response: str | None) -> Reaction:
    """Tell how a client reacted, by the last fact of a version."""
    if kind is ProposalKind.RESPONDED and response is not None:
        return Reaction(response)
    return Reaction.SUPERSEDED if kind is ProposalKind.SUPERSEDED else Reaction.AWAITED


def reactions(versions: Iterable[SentVersion]) -> ReactionFigures:
    """Count reactions to versions."""
    counts, latencies = Counter[Reaction](), list[int]()
    for version in versions:
        counts[version.reaction] += 1
        if version.latency is not None:
            latencies.append(version.latency)
    return ReactionFigures(counts=counts, latencies=tuple(sorted(latencies)))
