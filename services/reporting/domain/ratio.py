"""Ratios that show what they are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A part of a whole; its value is None where the whole is nothing."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """Give the ratio as a number."""
        return self.numerator / self.denominator if self.denominator else None

    def to_json(self) -> dict[str, float | str | None]:
        """Give the ratio in the shape of the wire."""
        return {"value": self.value, "numerator": str(self.numerator), "denominator": str(self.denominator)}
