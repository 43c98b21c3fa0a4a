"""Projections: tables that follow from events alone, so that they can be built again from what was told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from chassis.store.inbox import BatchReaction, InBatches, Reaction, Reactions


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Tables, and the reactions that alone write them and read no other: it can be rebuilt by itself."""

    tables: Sequence[sa.Table]
    reactions: Collection[Reaction | BatchReaction]


def only_of(reactions: Reactions, projections: Collection[Projection]) -> Reactions:
    """Give, of the reactions of a service, those that fill the projections."""
    wanted = {reaction for projection in projections for reaction in projection.reactions}
    return {
        heard: [reaction for reaction in found if function_of(reaction) in wanted] for heard, found in reactions.items()
    }


def function_of(reaction: Reaction) -> Reaction | BatchReaction:
    """Give the function that a service class names as its reaction."""
    return reaction.react if isinstance(reaction, InBatches) else reaction
