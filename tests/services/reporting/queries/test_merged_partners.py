"""The figures of a merged partner count under the one that survives, as that is known now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.services.reporting.telling import Process, Teller, claim, interaction, manager, merged_partner, partner, usd
from tests.services.reporting.world import World, at

SALE = Process()


def test_figures_count_under_the_survivor_until_that_is_undone(world: World) -> None:
    old, new, other, ann = partner(), partner(), partner(), manager()
    deals = [
        Teller(SALE, partner_id=old.subject, amount=usd("100.00")).open("2026-01-01").win("2026-02-01"),
        Teller(SALE, partner_id=new.subject, amount=usd("10.00")).open("2026-01-01"),
        Teller(SALE, partner_id=other.subject).open("2026-01-01").lose("2026-02-01"),
    ]
    world.hear(
        old, new, other, ann, *(event for deal in deals for event in deal.told),
        interaction("2026-01-05", ann.subject, partners=[old.subject]),
        *claim("2026-01-05", "2026-01-06", ann.subject, partner_id=old.subject),
    )  # fmt: skip

    def counted(of: UUID, **asked: Any) -> tuple[int, int, int]:
        (row,) = world.ask("outcomes", filter={"partner_ids": [str(of)]}, **asked)["rows"]
        return row["won"], row["lost"], row["in_progress"]

    def worked(of: UUID) -> list[tuple[int, int]]:
        rows = world.ask("manager_performance", filter={"partner_ids": [str(of)]})["rows"]
        return [(row["interactions"], row["claims_resolved"]) for row in rows if row["manager_id"] == str(ann.subject)]

    assert (counted(new.subject), counted(old.subject)) == ((0, 0, 1), (1, 0, 0))
    assert worked(new.subject) == []
    world.hear(merged_partner(old.subject, new.subject, 2))
    for one in (old.subject, new.subject):
        assert counted(one) == counted(one, known_at=at("2026-06-01")) == (1, 0, 1)
        assert worked(one) == [(1, 1)]
    assert counted(other.subject) == (0, 1, 0)
    world.hear(merged_partner(old.subject, new.subject, 3, undone=True))
    world.hear(merged_partner(old.subject, new.subject, 2))  # comes late
    assert (counted(new.subject), counted(old.subject)) == ((0, 0, 1), (1, 0, 0))


def test_merges_lead_on(world: World) -> None:
    a, b, c = partner(), partner(), partner()
    told = [event for one in (a, b, c) for event in Teller(SALE, partner_id=one.subject).open("2026-01-01").told]
    world.hear(a, b, c, *told, merged_partner(b.subject, c.subject, 2), merged_partner(a.subject, b.subject, 2))
    for one in (a, b, c):
        (row,) = world.ask("outcomes", filter={"partner_ids": [str(one.subject)]})["rows"]
        assert row["in_progress"] == 3
