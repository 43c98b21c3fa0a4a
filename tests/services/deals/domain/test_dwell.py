"""How long a deal stood at its stages, also across versions and processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chassis.ids import new_id
from services.deals.domain.deal import Deal
from services.deals.domain.definition import Definition
from services.deals.domain.dwell import Dwell
from services.deals.domain.hold import put_on_hold, resume
from services.deals.domain.process_change import highest_after, landing
from services.deals.domain.shipped_processes import FREE_DEAL, MANUAL_SALE, TYPICAL_SALE

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("elsewhere", "version", "earlier"),
    [(MANUAL_SALE, 2, {"first_contact": 86_400}), (TYPICAL_SALE, 2, {}), (FREE_DEAL, 1, {})],
    ids=["a newer version", "another process", "no stages"],
)
def test_visits_count_on_in_a_newer_version_and_begin_anew_in_another_process(
    elsewhere: Definition, version: int, earlier: dict[str, int]
) -> None:
    deal = Deal.open(MANUAL_SALE.published(new_id(0x201), 1), title="A deal", at=None, now=START)
    process = elsewhere.published(new_id(0x201), version)
    target = landing(deal, process, None)
    deal.partner_id = new_id(0x101)
    later = START + timedelta(days=1)
    deal.go_on_in(process, stage=target, highest=highest_after(deal, process, target), now=later)

    dwell = Dwell()
    for fact in deal.fresh:
        dwell = dwell.after(fact)
    at_stage = (target.key, later) if target else (None, None)
    assert (dwell.stage, dwell.since, dwell.earlier) == (*at_stage, earlier)


def dwell_of(deal: Deal) -> Dwell:
    """Add up what a deal's facts say."""
    dwell = Dwell()
    for fact in deal.fresh:
        dwell = dwell.after(fact)
    return dwell


def test_the_time_on_hold_counts_nowhere() -> None:
    day = timedelta(days=1)
    deal = Deal.open(MANUAL_SALE.published(new_id(0x201), 1), title="A deal", at=None, now=START)
    put_on_hold(deal, reason="they are away", until=None, now=START + 2 * day)
    resume(deal, now=START + 7 * day)
    assert dwell_of(deal).since == START + 5 * day
    deal.record_move("qualification", at=START + 8 * day, now=START + 8 * day)
    assert dwell_of(deal).earlier == {"first_contact": 3 * 86_400}


def test_a_deal_lost_while_on_hold_stood_there_until_it_was_held() -> None:
    day = timedelta(days=1)
    deal = Deal.open(MANUAL_SALE.published(new_id(0x201), 1), title="A deal", at=None, now=START)
    put_on_hold(deal, reason="they are away", until=None, now=START + 2 * day)
    deal.lose(reason="price", at=None, now=START + 9 * day)
    assert dwell_of(deal).earlier == {"first_contact": 2 * 86_400}
