"""How a command tells "leave it as it is" from "take it off"."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Absent(Enum):
    """What stands for a key that was not sent; no JSON value reads as this."""

    ABSENT = object()


ABSENT: Final = Absent.ABSENT
