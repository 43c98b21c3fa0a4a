"""What a proposal offers: lines for all cases, and alternatives of which the client takes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chassis.errors import refuse
from services.deals.domain.lines import Line, Totals


@dataclass(frozen=True, kw_only=True)
class OfferedLine:
    """A line of an offer; one without an alternative is part of the offer whatever the client takes."""

    line: Line
    alternative: str | None = None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The content of a version of a proposal; `valid_until` is the last day on which the client may take it."""

    lines: tuple[OfferedLine, ...]
    valid_until: date | None
    note: str | None

    @classmethod
    def of(cls, lines: Sequence[OfferedLine], *, valid_until: date | None, note: str | None) -> Offer:
        """Make an offer; raise Refused if it has no lines, or several currencies."""
        Totals.of([offered.line for offered in lines])
        return cls(lines=tuple(lines), valid_until=valid_until, note=note)

    @property
    def currency(self) -> str:
        """The one currency of all lines."""
        return self.lines[0].line.price.currency

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The names of the alternatives, in the order of their first lines."""
        return tuple(dict.fromkeys(offered.alternative for offered in self.lines if offered.alternative is not None))

    @property
    def totals(self) -> Totals | None:
        """What the offer adds up to; None while it depends on the alternative that the client takes."""
        return None if len(self.alternatives) > 1 else Totals.of(self.taken(self.chosen(None)))

    def chosen(self, alternative: str | None) -> str | None:
        """Tell which alternative is taken, where `alternative` is named; raise Refused unless that is clear."""
        known = self.alternatives
        if alternative is None and len(known) > 1:
            names = ", ".join(known)
            raise refuse(
                "ALTERNATIVE_REQUIRED", f"name the alternative that is taken: {names}", "alternative", details=known
            )
        if alternative is not None and alternative not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise refuse(
                "UNKNOWN_ALTERNATIVE",
                f"the proposal has no alternative {alternative[:50]!r}; {has}",
                "alternative",
                details=known,
            )
        return alternative or next(iter(known), None)

    def taken(self, alternative: str | None) -> tuple[Line, ...]:
        """Give the lines that a client takes with an alternative: its own, and those for all cases."""
        return tuple(offered.line for offered in self.lines if offered.alternative in (None, alternative))


def require_validity(until: date | None, day: date) -> None:
    """Raise Refused unless an offer of a business day gives the client time to answer."""
    if until is None:
        raise refuse("REQUIRED", "say until when the proposal is valid", "validUntil")
    if until < day:
        raise refuse("INVALID_VALIDITY", f"{until} is over; the client needs time to answer", "validUntil")
    if until.year == date.max.year:  # the day after would be in no calendar
        raise refuse("INVALID_VALIDITY", f"a proposal ends before the year {until.year}", "validUntil")
