"""The kinds, directions and states of interactions."""

from __future__ import annotations

import graphene


class InteractionKind(graphene.Enum):
    """By what means people dealt with each other."""

    CALL = "CALL"
    MEETING = "MEETING"
    EMAIL = "EMAIL"
    MESSAGE = "MESSAGE"
    NOTE = "NOTE"


class InteractionDirection(graphene.Enum):
    """Who began: they, we, or it stays among us."""

    IN = "IN"
    OUT = "OUT"
    INTERNAL = "INTERNAL"


class InteractionState(graphene.Enum):
    """Whether it took place."""

    PLANNED = "PLANNED"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
