"""What a benchmark has found: a value, and where something is asked of it, whether that is met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A value of which something is asked."""

    value: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def target(self) -> str:
        """What is asked, in words."""
        words = [(self.at_most, "at most"), (self.at_least, "at least")]
        return " and ".join(f"{word} {bound:g}" for bound, word in words if bound is not None)

    @property
    def met(self) -> bool:
        """Whether the value is what is asked."""
        above = self.at_least is None or self.value >= self.at_least
        return above and (self.at_most is None or self.value <= self.at_most)


Figures = Mapping[str, "float | Figure"]
"""Values by what they say."""
