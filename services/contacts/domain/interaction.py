"""Interactions: what was said with whom, about what, with what outcome; and what is planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.attachment import Attachment
from services.contacts.domain.contact_point import ContactPointKind
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.interaction_outcome import InteractionOutcome
from services.contacts.domain.kinds import INTERACTION
from services.contacts.domain.mention import Mention, mentions_in
from services.contacts.domain.plan import Plan
from services.contacts.domain.problems import Problems
from services.contacts.domain.series import Series
from services.contacts.domain.text import optional_line, optional_text

FURTHEST = timedelta(days=20 * 366)
"""How far ahead anything may be planned or put off."""

MOST_LINKS = 50
_TEXT_LENGTH = 20_000
_REASON_LENGTH = 500
_LONGEST_SECONDS = 7 * 24 * 3600
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class InteractionKind(StrEnum):
    """By what means people dealt with each other."""

    CALL = "CALL"
    MEETING = "MEETING"
    EMAIL = "EMAIL"
    MESSAGE = "MESSAGE"
    NOTE = "NOTE"


class Direction(StrEnum):
    """Who began: they, we, or it stays among us."""

    IN = "IN"
    OUT = "OUT"
    INTERNAL = "INTERNAL"


class InteractionState(StrEnum):
    """Whether it took place."""

    PLANNED = "PLANNED"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class LinkRole(StrEnum):
    """How a thing belongs to an interaction."""

    PARTNER = "PARTNER"
    DEAL = "DEAL"
    CLAIM = "CLAIM"
    PERSON = "PERSON"
    MANAGER = "MANAGER"

    @property
    def ids(self) -> str:
        """The name of the list of those that belong to it in this way."""
        return f"{self.lower()}_ids"


@dataclass(frozen=True, kw_only=True)
class Links:
    """What an interaction is about (partners, deals, claims), and who of both sides took part."""

    partner_ids: tuple[UUID, ...] = ()
    deal_ids: tuple[UUID, ...] = ()
    claim_ids: tuple[UUID, ...] = ()
    person_ids: tuple[UUID, ...] = ()
    manager_ids: tuple[UUID, ...] = ()

    @classmethod
    def of(cls, **given: Sequence[UUID]) -> Links:
        """Make links, each thing once; raise Refused if there are too many of a role."""
        problems = Problems()
        for name, ids in given.items():
            with problems.under(name.removesuffix("_ids") + "s"):
                if len(ids) > MOST_LINKS:
                    raise refuse("TOO_MANY", f"at most {MOST_LINKS} of these can belong to one interaction")
        problems.settle()
        return cls(**{name: tuple(dict.fromkeys(ids)) for name, ids in given.items()})

    def with_partners(self, ids: Sequence[UUID]) -> Links:
        """Add partners that are not there yet."""
        return replace(self, partner_ids=tuple(dict.fromkeys((*self.partner_ids, *ids))))

    def __iter__(self) -> Iterator[tuple[LinkRole, int, UUID]]:
        """Give each thing with its role and its place among those of the role."""
        for role in LinkRole:
            for place, id in enumerate(getattr(self, role.ids)):
                yield role, place, id


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Someone who took part and is not known here: a phone number or an e-mail address, perhaps with a name."""

    name: str | None
    kind: ContactPointKind
    value: str
    original: str


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """A call, meeting, e-mail, message or note; once it is done its facts stay, and what was wrong is corrected by another."""

    id: UUID
    version: int
    kind: InteractionKind
    direction: Direction
    state: InteractionState
    title: str | None
    text: str | None
    outcome: InteractionOutcome | None
    plan: Plan | None
    started_at: datetime | None
    duration_seconds: int | None
    links: Links
    guests: tuple[Guest, ...]
    attachments: tuple[Attachment, ...]
    automatic: bool
    registered_by: str
    recorded_at: datetime
    reviewed_at: datetime | None = None
    postponed_until: datetime | None = None
    cancel_reason: str | None = None
    corrects_id: UUID | None = None
    corrected_by_id: UUID | None = None
    series: Series | None = None
    mentions: tuple[Mention, ...] = ()
    external_ref: ExternalRef | None = None

    @property
    def at(self) -> datetime:
        """When it took place; of one that has not, when it is planned for."""
        if self.started_at is not None:
            return self.started_at
        assert self.plan is not None  # whatever is not done was planned
        return self.plan.start

    def complete(
        self,
        *,
        started_at: datetime | None,
        duration_seconds: int | None,
        text: str | None,
        outcome: InteractionOutcome | None,
        now: datetime,
        mentions: Sequence[Mention] = (),
    ) -> Interaction:
        """Say that a planned one took place: when it was planned for if that has passed, else now, if nothing else is said."""
        self._require_planned("completed")
        begun = started_at or min(self.at, now)
        problems = Problems()
        with problems.under():
            check_started(begun, now)
        with problems.under():
            check_duration(duration_seconds)
        with problems.under():
            tidy = optional_text(text, "text", longest=_TEXT_LENGTH)
        with problems.under():
            about = mentions_in(text if text and text.strip() else self.text, mentions, longest=_TEXT_LENGTH)
        problems.settle()
        return replace(
            self,
            state=InteractionState.DONE,
            started_at=begun,
            duration_seconds=duration_seconds,
            text=tidy or self.text,
            mentions=about if tidy or mentions else self.mentions,
            outcome=outcome,
            postponed_until=None,
            version=self.version + 1,
        )

    def reschedule(self, plan: Plan) -> Interaction:
        """Move a planned one to another time."""
        self._require_planned("moved")
        if plan == self.plan:
            return self
        series = self.series.moved_to(plan) if self.series else None
        return replace(self, plan=plan, series=series, version=self.version + 1)

    def handed_over(self, old: UUID, new: UUID) -> Interaction:
        """Let another manager take part in a manager's stead; what took place already stays as it was."""
        self._require_planned("handed over")
        managers = (new if id == old else id for id in self.links.manager_ids)
        links = replace(self.links, manager_ids=tuple(dict.fromkeys(managers)))
        return replace(self, version=self.version + 1, links=links)

    def cancel(self, reason: str | None) -> Interaction:
        """Say that a planned one will not take place."""
        self._require_planned("cancelled")
        return replace(
            self,
            state=InteractionState.CANCELLED,
            cancel_reason=optional_line(reason, "reason", longest=_REASON_LENGTH),
            postponed_until=None,
            version=self.version + 1,
        )

    def review(self, reviewed: bool, now: datetime) -> Interaction:
        """Note that someone has seen to it, or that someone still has to; what was put off is not any more."""
        if reviewed is (self.reviewed_at is not None):
            return self
        at = now if reviewed else None
        return replace(self, reviewed_at=at, postponed_until=None, version=self.version + 1)

    def postpone(self, until: datetime, now: datetime) -> Interaction:
        """Put seeing to it off to a moment to come."""
        if self.state is InteractionState.CANCELLED:
            raise refuse("INTERACTION_CANCELLED", "it was cancelled; there is nothing to put off", "interaction")
        if until <= now:
            raise refuse("INVALID", "put it off to a moment to come", "until")
        if until > now + FURTHEST:
            raise refuse("INVALID", "that is further off than anything is planned", "until")
        return replace(self, postponed_until=until, reviewed_at=None, version=self.version + 1)

    def corrected_by(self, other: UUID) -> Interaction:
        """Let another one stand in the place of this one; its facts stay as they are."""
        if self.state is not InteractionState.DONE:
            raise refuse(
                "NOT_DONE",
                "only what took place is corrected; a planned one is rescheduled or cancelled",
                "interaction",
            )
        if self.corrected_by_id is not None:
            message = "it was corrected already; correct its correction"
            raise refuse("ALREADY_CORRECTED", message, "interaction", details=(str(self.corrected_by_id),))
        return replace(self, corrected_by_id=other, version=self.version + 1)

    def following(self, now: datetime) -> Interaction | None:
        """Plan the next occurrence of the series of which this one has ended; None where it was the last, or the only one."""
        plan = self.series.following(self.plan, now) if self.series and self.plan else None
        if plan is None or plan.start > now + FURTHEST:
            return None
        return replace(
            self,
            id=new_id(INTERACTION),
            version=1,
            state=InteractionState.PLANNED,
            plan=plan,
            outcome=None,
            started_at=None,
            duration_seconds=None,
            attachments=(),
            recorded_at=now,
            reviewed_at=None,
            postponed_until=None,
            cancel_reason=None,
        )

    def _require_planned(self, done: str) -> None:
        if self.state is not InteractionState.PLANNED:
            message = f"only a planned interaction can be {done}; this one is {self.state.lower()}"
            raise refuse("NOT_PLANNED", message, "interaction")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is known of an interaction before it is checked."""

    kind: InteractionKind
    direction: Direction | None = None
    title: str | None = None
    text: str | None = None
    links: Links
    guests: tuple[Guest, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    automatic: bool = False
    started_at: datetime | None = None
    duration_seconds: int | None = None
    outcome: InteractionOutcome | None = None
    corrects_id: UUID | None = None
    mentions: tuple[Mention, ...] = ()
    external_ref: ExternalRef | None = None
    id: UUID = field(default_factory=lambda: new_id(INTERACTION))


def done(said: Said, *, by: str, now: datetime) -> Interaction:
    """Make an interaction that took place, now if no other moment is said; raise Refused with all that does not fit."""
    begun = said.started_at or now
    problems = Problems()
    with problems.under():
        check_started(begun, now)
    with problems.under():
        check_duration(said.duration_seconds)
    with problems.under():
        made = _made(said, InteractionState.DONE, by, now)
    problems.settle()
    return replace(made, started_at=begun, duration_seconds=said.duration_seconds, outcome=said.outcome)


def planned(said: Said, plan: Plan, *, by: str, now: datetime, recurrence: str | None = None) -> Interaction:
    """Make an interaction that is to take place, once or by a rule; raise Refused with all that does not fit."""
    problems, series = Problems(), None
    with problems.under():
        series = Series.of(said.id, recurrence, plan) if recurrence else None
    with problems.under():
        made = _made(said, InteractionState.PLANNED, by, now)
    problems.settle()
    return replace(made, plan=plan, series=series)


def check_started(at: datetime, now: datetime) -> None:
    """Raise Refused for a moment at which nothing can have taken place."""
    if at > now:
        raise refuse("OCCURRED_IN_FUTURE", "what took place did so in the past; plan what is to come", "startedAt")
    if at < _EARLIEST:
        raise refuse("INVALID", "nothing is on record from before 1970", "startedAt")


def check_duration(seconds: int | None) -> None:
    """Raise Refused for a length that no interaction has."""
    if seconds is not None and not 0 <= seconds <= _LONGEST_SECONDS:
        raise refuse("INVALID", "an interaction takes from no time up to seven days", "durationSeconds")


def _made(said: Said, state: InteractionState, by: str, now: datetime) -> Interaction:
    problems = Problems()
    direction, title, text = Direction.OUT, None, None
    mentions: tuple[Mention, ...] = ()
    with problems.under():
        direction = _direction(said)
    with problems.under():
        title = optional_line(said.title, "title")
    with problems.under():
        text = optional_text(said.text, "text", longest=_TEXT_LENGTH)
        mentions = mentions_in(said.text, said.mentions, longest=_TEXT_LENGTH)
    with problems.under():
        _check_concerns_someone(said)
    problems.settle()
    return Interaction(
        id=said.id,
        version=1,
        kind=said.kind,
        direction=direction,
        state=state,
        title=title,
        text=text,
        outcome=None,
        plan=None,
        started_at=None,
        duration_seconds=None,
        links=said.links,
        guests=said.guests,
        attachments=said.attachments,
        automatic=said.automatic,
        registered_by=by,
        recorded_at=now,
        corrects_id=said.corrects_id,
        mentions=mentions,
        external_ref=said.external_ref,
    )


def _direction(said: Said) -> Direction:
    if said.kind is not InteractionKind.NOTE:
        return said.direction or Direction.OUT
    if said.direction not in (None, Direction.INTERNAL):
        raise refuse("INVALID", "a note is INTERNAL; register what went to or fro as what it was", "direction")
    return Direction.INTERNAL


def _check_concerns_someone(said: Said) -> None:
    links = said.links
    if not (links.partner_ids or links.deal_ids or links.claim_ids or links.person_ids or said.guests):
        message = "say whom or what it is about: a partner, deal or claim, a person, or someone's phone or e-mail"
        raise refuse("REQUIRED", message, "partners")
