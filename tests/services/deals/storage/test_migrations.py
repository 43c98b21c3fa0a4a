"""The migrations make the tables that the code speaks of."""

from __future__ import annotations

from chassis.store.migrate import differences
from tests.services.deals.world import World


def test_the_migrations_match_the_tables(world: World) -> None:
    assert differences(world.database) == []
