"""What scores say: CSAT = answers 4 and 5 / answers; NPS = % 9 and 10 − % 0 to 6, here as a ratio from −1 to 1.

NPS: F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003.
"""

from __future__ import annotations

from enum import StrEnum

_SATISFIED = 4
_PROMOTER, _DETRACTOR = 9, 6  # at least, and at most


class Scale(StrEnum):
    """On which scale clients answer."""

    CSAT = "CSAT"
    NPS = "NPS"


def is_satisfied(score: int) -> bool:
    """Tell of a score of CSAT whether it counts as satisfied."""
    return score >= _SATISFIED


def is_promoter(score: int) -> bool:
    """Tell of a score of NPS whether it is a promoter's."""
    return score >= _PROMOTER


def is_detractor(score: int) -> bool:
    """Tell of a score of NPS whether it is a detractor's."""
    return score <= _DETRACTOR
