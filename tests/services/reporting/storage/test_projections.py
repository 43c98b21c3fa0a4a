from __future__ import annotations

from chassis.store.migrate import differences
from tests.services.reporting.telling import (
    Process,
    Teller,
    usd,
)
from tests.services.reporting.world import World

SALE = Process()


def test_the_migrations_make_the_tables(world: World) -> None:
    assert differences(world.database) == []


def test_visits_to_a_stage_add_up(world: World) -> None:
    deal = Teller(SALE, amount=usd("1.00")).open("2026-01-01").move("2026-01-03", "offer").move("2026-01-04", "contact")
    deal.lose("2026-01-05").reopen("2026-02-01")
    world.hear(*deal.told)
    (state,) = world.rows()["deal_states"]
    day = 86_400_000_000
    assert state[-2:] == (
        '["contact","offer"]',
        [
            ["contact", "2026-01-01T00:00:00+00:00", 3 * day, "2026-02-01T00:00:00+00:00", None],
            ["offer", "2026-01-03T00:00:00+00:00", day, None, 3],
        ],
    )
