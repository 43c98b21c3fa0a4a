"""What commands about proposals take, and how they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from chassis.errors import refuse
from chassis.wire import NO_NUL
from services.deals.commands.inputs import UNSET
from services.deals.commands.line_inputs import MOST_LINES, LineInput, lines_of
from services.deals.domain.offer import Offer, OfferedLine

AlternativeName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=NO_NUL)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=NO_NUL)]


@dataclass(frozen=True, kw_only=True)
class OfferedLineInput(LineInput):
    """A line of a proposal; those of the same `alternative` are taken together, or not at all."""

    alternative: AlternativeName | None = None


OfferedLines = Annotated[tuple[OfferedLineInput, ...], Field(max_length=MOST_LINES)]


@dataclass(frozen=True, kw_only=True)
class OfferChange:
    """What a version of a proposal offers; what is not named stays as it was, null takes a value away."""

    lines: OfferedLines = UNSET
    valid_until: date | None = UNSET
    note: Note | None = UNSET
    prices_include_tax: bool = UNSET

    @property
    def says_something(self) -> bool:
        """Whether anything is to be other than it was."""
        return any(value is not UNSET for value in (self.lines, self.valid_until, self.note, self.prices_include_tax))

    def made(self) -> Offer:
        """Make an offer of what is named alone; raise Refused without lines."""
        if self.lines is UNSET:
            raise refuse("REQUIRED", "give at least one line", "lines")
        return Offer.of(
            offered_lines(self.lines, tax_included=self.prices_include_tax is True),
            valid_until=None if self.valid_until is UNSET else self.valid_until,
            note=None if self.note is UNSET else self.note,
        )

    def applied_to(self, before: Offer) -> Offer:
        """Make the offer that another one becomes."""
        included = before.lines[0].line.tax_included if self.prices_include_tax is UNSET else self.prices_include_tax
        if self.lines is UNSET:
            lines = tuple(replace(one, line=replace(one.line, tax_included=included)) for one in before.lines)
        else:
            lines = offered_lines(self.lines, tax_included=included)
        return Offer.of(
            lines,
            valid_until=before.valid_until if self.valid_until is UNSET else self.valid_until,
            note=before.note if self.note is UNSET else self.note,
        )


@dataclass(frozen=True, kw_only=True)
class AboutProposal:
    """A proposal, as somebody read it."""

    proposal_id: UUID
    expected_version: int | None = None


def offered_lines(given: Sequence[OfferedLineInput], *, tax_included: bool) -> tuple[OfferedLine, ...]:
    """Make the lines of an offer; raise Refused with everything that is wrong with any of them."""
    lines = lines_of(given, "lines", tax_included=tax_included)
    return tuple(OfferedLine(line=line, alternative=one.alternative) for line, one in zip(lines, given, strict=True))
