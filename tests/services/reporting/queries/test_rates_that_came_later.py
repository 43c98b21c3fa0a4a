"""Rates that came after a deal was closed make reports convert it, as of then, and not as known then."""

from __future__ import annotations

from chassis.wire import Json
from tests.services.reporting.telling import Process, Teller, eur, manager, usd_of
from tests.services.reporting.world import World, at

SALE = Process()


def test_a_rate_that_came_later_converts_what_was_closed_before(world: World) -> None:
    may = at("2026-05-01")
    deal = Teller(SALE, amount=eur("9.00")).open("2026-01-01").win("2026-01-20")
    deal.revalue("2026-01-20", usd_of("9.00", "9.90"), recorded=may).reopen("2026-05-02")
    world.hear(SALE.published(), *deal.told[:3])
    april = at("2026-04-01")
    assert _money(world.ask("outcomes")) == ("9.90", 0)
    assert _money(world.ask("outcomes", as_of=april)) == ("9.90", 0)
    assert _money(world.ask("outcomes", as_of=april, known_at=april)) == ("0.00", 1)
    world.hear(*deal.told[3:])
    assert _money(world.ask("outcomes", as_of=april)) == ("9.90", 0)


def test_a_rate_takes_no_credit_and_converts_no_other_amount(world: World) -> None:
    old, new = manager(), manager()
    deal = Teller(SALE, amount=eur("9.00"), manager_id=old.subject).open("2026-01-01")
    deal.change("2026-02-01", manager_id=new.subject, amount=eur("8.00")).win("2026-03-01")
    deal.revalue("2026-01-15", usd_of("8.00", "8.80"), recorded=at("2026-05-01"))
    world.hear(SALE.published(), old, new, *deal.told)
    january = world.ask("outcomes", as_of=at("2026-01-20"), group_by="MANAGER")["rows"]
    assert [(row["key"], row["in_progress"], row["unconverted"]) for row in january] == [(str(old.subject), 1, 0)]
    assert _money(world.ask("outcomes")) == ("8.80", 0)


def _money(report: Json) -> tuple[str, int]:
    (row,) = report["rows"]
    return row["won_amount"], row["unconverted"]
