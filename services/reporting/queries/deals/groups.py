"""How many groups one answer holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from chassis.errors import refuse

MOST_GROUPS = 1000


class _Keyed(Protocol):
    key: str | None


R = TypeVar("R", bound=_Keyed)


@dataclass(frozen=True, kw_only=True)
class GroupPage:
    """Which groups: the first so many after a key, in the order of the keys, that without one last; all, if not said."""

    first: int | None = None
    after: str | None = None

    def __post_init__(self) -> None:
        if self.first is not None and not 0 <= self.first <= MOST_GROUPS:
            raise refuse("PAGE_TOO_LARGE", f"0 to {MOST_GROUPS} groups are given; {self.first} were asked for", "first")

    def of(self, rows: Sequence[R]) -> list[R]:
        """Give those rows; raise Refused where all are asked for and they are too many."""
        after = self.after
        left = [row for row in rows if after is None or row.key is None or row.key > after]
        if self.first is None and len(left) > MOST_GROUPS:
            message = f"there are {len(left)} groups; ask for the first {MOST_GROUPS}, and for more after the last key"
            raise refuse("TOO_MANY_GROUPS", message, "first")
        return left[: self.first]
