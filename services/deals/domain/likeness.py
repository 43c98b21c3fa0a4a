"""How likely two deals are one sale that was registered twice."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from services.deals.domain.amount import Amount

ENOUGH = 0.6
"""From what score on people are asked."""
_SIMILAR_TITLE = 0.75
_SIMILAR_AMOUNT = 0.9


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """A score from 0 to 1, and what makes it."""

    score: float
    reasons: tuple[str, ...]


def likeness(title: str, amount: Amount | None, other_title: str, other_amount: Amount | None) -> Likeness:
    """Compare what two deals of one partner are called and worth; words may stand in any order."""
    titles = fuzz.token_set_ratio(title, other_title, processor=default_process) / 100
    amounts = _alike(amount, other_amount)
    reasons = []
    if titles >= _SIMILAR_TITLE:
        reasons.append("SIMILAR_TITLE")
    if amounts == 1:
        reasons.append("SAME_AMOUNT")
    elif amounts is not None and amounts >= _SIMILAR_AMOUNT:
        reasons.append("SIMILAR_AMOUNT")
    # an amount that nobody has put in yet says nothing for or against
    score = titles if amounts is None else 0.65 * titles + 0.35 * amounts
    return Likeness(score=round(score, 3), reasons=tuple(reasons))


def _alike(one: Amount | None, other: Amount | None) -> float | None:
    """Give the smaller amount's share of the larger; None where they cannot be compared."""
    if one is None or other is None or one.money.currency != other.money.currency:
        return None
    small, large = sorted((one.money.minor, other.money.minor))
    return 1.0 if small == large else small / large
