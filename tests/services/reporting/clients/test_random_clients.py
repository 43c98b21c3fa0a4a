"""Any history of clients, told in any order, more than once: their figures are those of the plain reference, of any moment."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chassis.clock import utc_now
from chassis.ids import new_id
from services.reporting.storage.tables import PROJECTIONS, metadata
from tests.services.reporting.clients import reference, telling
from tests.services.reporting.clients.telling import ORDER, Bought, Duty, Offer, Paid, goods, money
from tests.services.reporting.telling import Process, Teller, eur, merged_partner, partner, usd
from tests.services.reporting.world import Bus, Told, World, at
from tests.support.databases import OpenDatabase

ZONE = ZoneInfo("America/New_York")
SALE = Process()
CLIENT, TWIN, OTHER = partner(), partner(), partner()
KNOWN = [SALE.published(), CLIENT, TWIN, OTHER, merged_partner(TWIN.subject, CLIENT.subject, 2)]
START, LENGTH = at("2026-02-20"), 60 * 24  # hours
_PERIODS = [None, {"from": "2026-03-01", "to": "2026-04-01"}, {"from": "2026-03-08"}, {"to": "2026-03-09"}]
_PRODUCTS = ["pipe", "pump", "valve"]


@dataclass(frozen=True)
class Case:
    """What was told, and what is asked."""

    story: reference.Story
    seed: int
    as_of: datetime
    known_at: datetime
    period: dict[str, str] | None
    earlier: dict[str, str]
    later: dict[str, str]
    grace: int


class Draw:
    """Draws what happens, at growing moments, told late now and then."""

    def __init__(self, source: random.Random) -> None:
        self.source = source
        self.late = timedelta(hours=source.choice([0, 0, 5, 400]))

    def moments(self, count: int) -> list[tuple[datetime, datetime]]:
        happened = sorted(START + timedelta(hours=self.source.randrange(LENGTH)) for _ in range(count))
        return [(when, when + self.late) for when in happened]

    def cents(self, most: int = 5000) -> int:
        return self.source.choice([0, 1, self.source.randrange(most), self.source.randrange(most)])

    def day(self) -> date:
        return (START + timedelta(days=self.source.randrange(-10, 70))).date()


def _text(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def _deal(draw: Draw) -> list[Told]:
    source = draw.source
    about = {
        "partner_id": source.choice([None, CLIENT.subject, CLIENT.subject, TWIN.subject, OTHER.subject]),
        "amount": source.choice([None, usd(_text(draw.cents())), usd(_text(draw.cents())), eur("5.00")]),
        "products": source.sample(_PRODUCTS, source.randrange(3)),
    }
    (opened, recorded), *later = draw.moments(source.randrange(1, 6))
    deal = Teller(SALE, **about).open(opened, stage=source.choice(SALE.stages), recorded=recorded)
    for when, recorded in later:
        if deal.put_away is not None:
            deal.correct("unvoided", when, recorded=recorded)
        elif source.random() < 0.1:
            deal.correct("voided", when, recorded=recorded)
        elif source.random() < 0.2:
            partner_id = source.choice([CLIENT.subject, OTHER.subject])
            deal.change(when, partner_id=partner_id, recorded=recorded)
        elif deal.outcome != "IN_PROGRESS":
            deal.reopen(when, recorded=recorded)
        elif source.random() < 0.7:
            deal.win(when, recorded=recorded)
        else:
            deal.lose(when, recorded=recorded)
    return deal.told


def _offers(draw: Draw, deal_id: UUID) -> list[Told]:
    offer, sent = Offer(deal_id), 0
    responses = ["ACCEPTED", "REJECTED", "COUNTER_OFFER", "DEFERRED", "NO_ANSWER"]
    for when, recorded in draw.moments(draw.source.randrange(6)):
        step = draw.source.random()
        if not sent or step < 0.3:
            sent += 1
            offer.send(when, sent, recorded)
        elif step < 0.8:
            offer.respond(when, draw.source.choice(responses), draw.source.randrange(1, sent + 1), recorded)
        else:
            offer.supersede(when, draw.source.randrange(1, sent + 1), recorded)
    return offer.told


def _goods(draw: Draw, deal_id: UUID) -> list[Told]:
    """An order or two whose lines are bought, shipped, and come back."""
    source, told = draw.source, list[Told]()
    lines = [(new_id(ORDER), line, source.choice(_PRODUCTS)) for line in range(1, source.randrange(1, 4))]
    for order_id, line, _ in lines:
        if source.random() < 0.6:
            (placed, recorded), (cancelled, known) = draw.moments(2)
            bought = Bought(deal_id)
            cost, priced = draw.cents(), source.random() < 0.8
            quantity = source.randrange(1, 9)
            one = {"order_id": order_id, "order_line": line, "product": "", "quantity": str(quantity)}
            price = money(_text(cost), base=source.random() < 0.9) if priced else None
            bought.place(placed, [{**one, "amount": _text(cost) if priced else None}], price, recorded)
            if source.random() < 0.3:
                some = str(source.randrange(1, quantity + 1))
                bought.cancel(cancelled, [{**one, "quantity": some, "amount": None}], None, known)
            told += bought.told
    for when, recorded in draw.moments(source.randrange(4)):
        shown, total = [], 0
        for order_id, line, product in source.sample(lines, source.randrange(1, len(lines) + 1)) if lines else []:
            cents = draw.cents()
            total += cents
            shown.append(goods(order_id, line, product, source.choice(["1", "2", "0.333333"]), _text(cents)))
        amount = money(_text(total), base=source.random() < 0.9)
        if source.random() < 0.7:
            told.append(telling.shipment(deal_id, when, shown, amount if shown else None, recorded=recorded))
        elif shown:
            told.append(telling.came_back(deal_id, when, shown, amount, recorded=recorded))
    return told


def _duty(draw: Draw, deal_id: UUID) -> list[Told]:
    """An obligation that is met in parts, put off, taken back, changed, cancelled."""
    source = draw.source
    debtor, kind = source.choice(
        [("CLIENT", "PAYMENT"), ("US", "SHIPMENT"), ("CLIENT", "DOCUMENTS"), ("US", "PAYMENT")]
    )
    size = source.randrange(1, 5000)
    papers = kind == "DOCUMENTS"
    duty = Duty(
        deal_id, draw.day(), None if papers else money(_text(size), base=source.random() < 0.9), kind=kind, debtor=debtor
    )  # fmt: skip
    parts: list[tuple[int, date]] = []
    (owed, recorded), *later = draw.moments(source.randrange(1, 7))
    duty.owe(owed, recorded)
    for when, recorded in later:
        step, left = source.random(), size - sum(part for part, _ in parts)
        if duty.now["status"] == "CANCELLED":
            break
        if step < 0.2 and parts:
            part, day = parts.pop()
            duty.fulfil(when, "1" if papers else _text(part), day, recorded, back=True)
        elif step < 0.3:
            duty.put_off(when, draw.day(), recorded)
        elif step < 0.4 and not papers:
            size += source.randrange(500)
            amount = money(_text(size), base=duty.now["amount"]["base"] is not None)
            duty.change(when, amount, recorded)
        elif step < 0.5 and not parts:
            duty.cancel(when, recorded)
        elif left > 0:
            part = left if papers else source.randrange(1, left + 1)
            parts.append((part, min(draw.day(), when.date())))
            duty.fulfil(when, "1" if papers else _text(part), parts[-1][1], recorded)
    return duty.told


def _payment(draw: Draw, deal_id: UUID) -> list[Told]:
    (came, recorded), (went, known) = draw.moments(2)
    amount = money(_text(draw.cents()), base=draw.source.random() < 0.9)
    paid = Paid(deal_id, amount).register(came, recorded)
    return paid.reverse(went, known).told if draw.source.random() < 0.3 else paid.told


def _wishes(draw: Draw) -> list[Told]:
    """What a partner prefers, asks for and answers."""
    source, told = draw.source, list[Told]()
    who = source.choice([CLIENT.subject, TWIN.subject, OTHER.subject])
    (first, recorded), (second, known), (third, last) = draw.moments(3)
    wish = telling.preference(who, first, str(draw.day()), source.choice([None, str(draw.day() + timedelta(days=40))]))
    told.append(wish)
    if source.random() < 0.5:
        told.append(telling.ended(wish, second, str(draw.day())))
    one = telling.interest(
        who, first, source.choice([None, money("7.50"), money("7.50", base=False)]), recorded=recorded
    )
    told.append(one)
    if source.random() < 0.5:
        told.append(telling.closed(one, second, source.choice(["MET", "UNMET"]), known))
    about, scale = source.choice(_ABOUT[who == OTHER.subject]), source.choice(["CSAT", "NPS"])
    respondent = source.choice([None, *_PERSONS])
    of = {"scale": scale, "respondent_id": respondent}
    request = telling.asked(who, first, about, recorded, **of)
    score = source.randrange(1, 6) if scale == "CSAT" else source.randrange(11)
    answer = telling.answered(who, third, about, score, last, request_id=source.choice([None, request.subject]), **of)
    return [*told, *source.sample([request, answer], source.randrange(3))]


_ABOUT = [new_id(0x202), new_id(0x202)], [new_id(0x202)]  # a thing is one client's: here of the two that are one
_PERSONS = [new_id(0x104)]


def _case(seed: int, size: int, **asked: Any) -> Case:
    source = random.Random(seed)
    deals, papers, wishes = [], list[Told](), list[Told]()
    for _ in range(size):
        deals.append(_deal(Draw(source)))
        deal_id = deals[-1][0].subject
        papers += _offers(Draw(source), deal_id) + _duty(Draw(source), deal_id) + _duty(Draw(source), deal_id)
        papers += _goods(Draw(source), deal_id) if source.random() < 0.6 else []
        papers += _payment(Draw(source), deal_id)
        wishes += _wishes(Draw(source))
    days = [START.date() + timedelta(days=source.randrange(-10, 70)) for _ in range(source.randrange(3))]
    rates = [  # whole ones, so that shares of lines need no rounding
        telling.rate(day, source.choice(["2", "3"]), recorded)
        for day in days
        for _, recorded in Draw(source).moments(1)
    ]
    return Case(
        story=reference.Story(deals, papers, wishes, {TWIN.subject: CLIENT.subject}, rates),
        seed=seed,
        earlier={"from": "2026-02-20", "to": "2026-03-20"},
        later={"from": "2026-03-20", "to": "2026-05-01"},
        **asked,
    )


_MOMENTS = st.integers(0, LENGTH + 500).map(lambda hours: START + timedelta(hours=hours))


@pytest.fixture
def zoned(open_database: OpenDatabase) -> World:
    world = World(open_database("reporting", metadata))
    world.database.enterprise = type(world.database.enterprise)(zone=ZONE)
    return world


def _forget(world: World) -> None:
    tables = world.database.tables
    with world.database.transaction() as tx:
        for table in (*PROJECTIONS, tables.inbox_progress, tables.inbox_ahead):
            tx.connection.execute(table.delete())
    world.bus = Bus()


def _tell(world: World, case: Case, *, shuffled: bool) -> None:
    source = random.Random(case.seed)
    facts = [
        *KNOWN,
        *(f for deal in case.story.deals for f in deal),
        *case.story.papers,
        *case.story.of_partners,
        *case.story.rates,
    ]
    if not shuffled:
        world.hear(*facts)
        return
    source.shuffle(facts)
    messages = world.bus.publish(*facts)
    repeated = messages + source.sample(messages, len(messages) // 4)
    source.shuffle(repeated)
    world.receive(repeated)


def _compare(world: World, case: Case, as_of: datetime, known_at: datetime | None) -> None:
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "period": case.period}
    others: dict[str, Any] = {"compared_with": case.earlier, "grace_days": case.grace}
    ids = [CLIENT.subject, TWIN.subject, OTHER.subject]
    profiles = world.ask("client_profiles", partner_ids=ids, **asked, **others)["profiles"]
    later = case.period if case.period and len(case.period) == 2 else None
    for partner_id, profile in zip(ids, profiles, strict=True):
        seen = reference.see(case.story, partner_id, as_of, known_at, ZONE)
        assert profile["reactions"] == reference.reactions(seen, case.period)
        assert profile["satisfaction"] == reference.satisfaction(seen, case.period)
        assert {(one["id"], one["value"]) for one in profile["preferences"]} == reference.preferences(seen)
        moved = profile["drift"]
        spans = [{"from": moved[part]["from"], "to": moved[part]["to"]} for part in ("earlier", "later")]
        assert spans[0] == case.earlier
        assert later in (None, spans[1])
        expected = reference.drift(seen, *spans)
        assert moved["value"] == expected["value"]
        for part in ("earlier", "later"):
            shown = {one["category"]: one["amount"] for one in moved[part]["categories"]}
            assert shown == {name: reference.dollars(amount) for name, amount in expected[part].items()}
        assert {(one["debtor"], one["kind"]) for one in profile["punctuality"]} >= {("US", "SHIPMENT")}
        for one in profile["punctuality"]:
            unit = reference.sets if one["kind"] == "DOCUMENTS" else reference.dollars
            assert one == reference.punctuality(seen, one["debtor"], one["kind"], case.period, case.grace, unit)
        assert profile["realised"] == reference.realised(seen, case.period)
        assert profile["potential"] == reference.potential(seen, Fraction(1, 2))
        page = world.ask("proposal_reactions", partner_id=partner_id, page={"total": True, "first": 100}, **asked)
        assert page["total"] == profile["reactions"]["sent"]


@settings(
    max_examples=int(os.environ.get("CRM_TEST_EXAMPLES", "4")),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller seed is no simpler story
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    seed=st.integers(0, 2**32),
    size=st.integers(0, 8),
    as_of=_MOMENTS,
    known_at=_MOMENTS,
    period=st.sampled_from(_PERIODS),
    grace=st.sampled_from([0, 0, 3]),
)
def test_the_profiles_are_those_of_the_reference(zoned: World, seed: int, size: int, **asked: Any) -> None:
    case = _case(seed, size, **asked)
    _forget(zoned)
    _tell(zoned, case, shuffled=True)
    far = utc_now()
    _compare(zoned, case, far, None)
    _compare(zoned, case, case.as_of, None)
    _compare(zoned, case, case.as_of, case.known_at)
    _compare(zoned, case, case.as_of, case.as_of)
    shuffled = zoned.rows()
    _forget(zoned)
    _tell(zoned, case, shuffled=False)
    assert zoned.rows() == shuffled
