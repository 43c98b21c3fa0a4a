"""Ids that are UUIDs, sort by time and say what kind of thing they name.

The layout is a version 8 UUID (RFC 9562, section 5.8): 48 bits of Unix milliseconds, the version, 12 bits of kind, the
variant, 62 random bits; of one kind and one process, those of a later call are the greater ones, so that what is told together
stays in its order. So one spelling serves everywhere (database, events, API), an index over it stays local, and
whoever receives an id of the wrong kind can say so without asking the service that owns it.
"""

from __future__ import annotations

import os
import time
from uuid import UUID

_VERSION = 8 << 76
_VARIANT = 0b10 << 62
_RANDOM = (1 << 62) - 1
_STEP = 40  # bits: far more than ids in a millisecond, far fewer than would run over
_last = (0, 0)


def new_id(kind: int) -> UUID:
    """Make an id for a new thing of a kind (0 to 4095)."""
    global _last  # noqa: PLW0603 (what was given out is remembered here alone)
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(8)) & _RANDOM >> 1
    if milliseconds == _last[0]:
        random = _last[1] + 1 + (random >> 61 - _STEP)
    _last = milliseconds, random
    return UUID(int=(milliseconds & 0xFFFF_FFFF_FFFF) << 80 | _VERSION | (kind & 0xFFF) << 64 | _VARIANT | random)


def kind_of(value: UUID) -> int | None:
    """Tell the kind that an id carries; None where it is a UUID of another layout."""
    return value.int >> 64 & 0xFFF if value.int >> 76 & 0xF == 8 else None
