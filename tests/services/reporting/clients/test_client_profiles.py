"""The five questions about a client, by example."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.errors import Refused
from chassis.ids import new_id
from tests.services.reporting.clients.telling import (
    ORDER,
    Bought,
    Duty,
    Offer,
    Paid,
    answered,
    came_back,
    closed,
    ended,
    goods,
    interest,
    money,
    preference,
    rate,
    shipment,
)
from tests.services.reporting.telling import Process, Teller, manager, merged_partner, partner, usd
from tests.services.reporting.world import Told, World, at

SALE = Process()
ACME = partner()


def _deal(**about: Any) -> Teller:
    return Teller(SALE, **{"partner_id": ACME.subject, **about}).open("2026-01-01")


def _profile(world: World, **asked: Any) -> Any:
    (profile,) = world.ask("client_profiles", partner_ids=[ACME.subject], **asked)["profiles"]
    return profile


def _duty(profile: Any, debtor: str = "CLIENT", kind: str = "PAYMENT") -> Any:
    (one,) = [one for one in profile["punctuality"] if (one["debtor"], one["kind"]) == (debtor, kind)]
    return one


def test_a_client_of_whom_nothing_is_known_has_nulls_and_no_wrong_numbers(world: World) -> None:
    world.hear(ACME)
    profile = _profile(world)
    nothing = {"value": None, "numerator": "0", "denominator": "0"}
    assert profile["reactions"]["acceptance"] == profile["satisfaction"]["csat"] == nothing
    assert profile["reactions"]["median_latency_days"] is profile["drift"]["value"] is None
    assert profile["realised"]["margin"] is None
    assert _duty(profile)["on_time"] == {"value": None, "numerator": "0.00", "denominator": "0.00"}
    assert world.ask("client_profiles", partner_ids=[partner().subject])["profiles"] == [None]


def test_a_correction_replaces_a_response_and_a_later_version_a_waiting_one(world: World) -> None:
    deal = _deal()
    offer = Offer(deal.id).send("2026-01-02", 1).respond("2026-01-04", "REJECTED", 1, reason="price")
    offer.respond("2026-01-06", "ACCEPTED", 1).send("2026-01-10", 2).supersede("2026-01-11", 2).send("2026-01-11", 3)
    world.hear(ACME, SALE.published(), *deal.told, *offer.told)
    reactions = _profile(world)["reactions"]
    assert (reactions["sent"], reactions["accepted"], reactions["rejected"]) == (3, 1, 0)
    assert (reactions["superseded"], reactions["awaited"]) == (1, 1)
    assert reactions["acceptance"] == {"value": 1.0, "numerator": "1", "denominator": "1"}
    assert reactions["median_latency_days"] == 4.0
    before = _profile(world, as_of=at("2026-01-05"))["reactions"]
    assert (before["sent"], before["accepted"], before["rejected"]) == (1, 0, 1)
    page = world.ask("proposal_reactions", partner_id=ACME.subject, page={"first": 2})
    assert [(one["version"], one["reaction"]) for one in page["nodes"]] == [(3, "AWAITED"), (2, "SUPERSEDED")]
    (last,) = world.ask("proposal_reactions", partner_id=ACME.subject, page={"after": page["cursors"][-1]})["nodes"]
    assert (last["version"], last["reaction"], last["latency_days"], last["reason"]) == (1, "ACCEPTED", 4.0, None)


def test_half_paid_on_time_and_half_ten_days_late(world: World) -> None:
    deal = _deal()
    duty = Duty(deal.id, "2026-02-01", money("100.00")).owe("2026-01-01").put_off("2026-01-20", "2026-02-20")
    duty.fulfil("2026-01-30", "50.00", "2026-01-30").fulfil("2026-02-11", "50.00", "2026-02-11")
    world.hear(ACME, *deal.told, *duty.told)
    paid = _duty(_profile(world))
    assert paid["on_time"] == {"value": 0.5, "numerator": "50.00", "denominator": "100.00"}
    assert paid["days_late"] == {"value": 5.0, "numerator": "500.00", "denominator": "100.00"}
    assert (paid["obligations"], paid["overdue"]) == (1, 0)
    assert _duty(_profile(world, grace_days=10))["on_time"]["value"] == 1.0
    assert _duty(_profile(world, period={"from": "2026-02-02"}))["obligations"] == 0
    assert _duty(_profile(world, as_of=at("2026-02-01T12:00")))["obligations"] == 0  # may still be paid in time
    half = _duty(_profile(world, as_of=at("2026-02-05T12:00")))
    assert half["days_late"]["value"] == 2.0  # what is not paid is four days late so far
    assert (half["overdue"], half["overdue_amount"]) == (0, "0.00")  # by the day that was agreed on since
    world.hear(*Duty(deal.id, "2026-02-01", money("1.00"), debtor="US").owe("2026-01-01").cancel("2026-01-02").told)
    duty.fulfil("2026-03-01", "50.00", "2026-02-11", back=True)
    world.hear(duty.told[-1])
    open_again = _duty(_profile(world, as_of=at("2026-03-01T12:00")))
    assert (open_again["overdue"], open_again["overdue_amount"]) == (1, "50.00")
    assert open_again["days_late"]["value"] == 14.0


def test_revenue_is_what_left_less_what_came_back_and_margin_only_where_costs_are_known(world: World) -> None:
    order_id = new_id(ORDER)
    deal = _deal(amount=usd("999.00")).win("2026-03-01")
    both = [goods(order_id, 1, "pipe", "4", "40.00"), goods(order_id, 2, "pump", "1", "60.00")]
    bought = Bought(deal.id).place(
        "2026-01-10",
        [{"order_id": order_id, "order_line": 1, "product": "pipe", "quantity": "8", "amount": "40.00"}],
        money("40.00"),
    )
    papers = [
        shipment(deal.id, "2026-02-01", both, money("100.00")),
        came_back(deal.id, "2026-02-10", [goods(order_id, 1, "pipe", "1", "10.00")], money("10.00")),
        *Paid(deal.id, usd("55.00")).register("2026-02-01").told,
        *Paid(deal.id, usd("5.00")).register("2026-02-01").reverse("2026-02-02").told,
    ]
    plain = _deal(amount=usd("7.00")).win("2026-02-15")
    world.hear(ACME, *deal.told, *bought.told, *papers, *plain.told)
    realised = _profile(world)["realised"]
    assert (realised["revenue"], realised["orders"], realised["margin"]) == ("97.00", 2, "15.00")
    assert realised["cost_known"] == {"value": 30 / 97, "numerator": "30.00", "denominator": "97.00"}
    assert realised["paid"] == "55.00"
    assert _profile(world, period={"to": "2026-02-10"})["realised"]["revenue"] == "100.00"


def test_potential_is_told_in_parts(world: World) -> None:
    met, open_ = (
        interest(ACME.subject, "2026-01-01", money("5.00")),
        interest(ACME.subject, "2026-01-02", money("8.00")),
    )
    world.hear(ACME, SALE.published(), *_deal(amount=usd("10.01")).told, *_deal().told)
    world.hear(met, open_, closed(met, "2026-02-01", "MET"), interest(ACME.subject, "2026-01-02"))
    potential = _profile(world)["potential"]
    assert (potential["open_deals"], potential["open_amount"], potential["weighted_amount"]) == (2, "10.01", "5.01")
    assert (potential["demand_open"], potential["demand_amount"]) == (2, "8.00")


def test_preferences_move(world: World) -> None:
    steel = preference(ACME.subject, "2026-02-01", "2026-01-01", value="steel")
    told = list[Told]()
    for when, pipes, pumps in (("2026-01-10", "100.00", "0.00"), ("2026-02-10", "25.00", "75.00")):
        deal, order_id = _deal(), new_id(ORDER)
        lines = [goods(order_id, 1, "pipe", "1", pipes), goods(order_id, 2, "pump", "1", pumps)]
        told += [*deal.told, shipment(deal.id, when, lines, money("100.00"))]
    world.hear(ACME, *told, steel, ended(steel, "2026-03-01", "2026-02-20"))
    january, february = {"from": "2026-01-01", "to": "2026-02-01"}, {"from": "2026-02-01", "to": "2026-03-01"}
    drift = _profile(world, period=february, compared_with=january)["drift"]
    assert drift["value"] == 0.75
    assert [one["share"]["value"] for one in drift["later"]["categories"]] == [0.25, 0.75]
    assert _profile(world, period=january)["drift"]["value"] is None  # nothing was spent in December

    def held(**asked: Any) -> list[str]:
        return [one["value"] for one in _profile(world, **asked)["preferences"]]

    assert held(as_of=at("2026-02-10")) == ["steel"]
    assert held(as_of=at("2026-02-20")) == []
    assert held(as_of=at("2026-02-20"), known_at=at("2026-02-25")) == ["steel"]


def test_satisfaction_counts_the_latest_answer_about_a_thing(world: World) -> None:
    deal = _deal()
    world.hear(ACME, answered(ACME.subject, "2026-01-05", deal.id, 2), answered(ACME.subject, "2026-02-05", deal.id, 5))
    for score in (10, 9, 3):
        world.hear(answered(ACME.subject, "2026-02-06", new_id(0x202), score, scale="NPS"))
    satisfaction = _profile(world)["satisfaction"]
    assert satisfaction["csat"] == {"value": 1.0, "numerator": "1", "denominator": "1"}
    assert satisfaction["nps"] == {"value": 1 / 3, "numerator": "1", "denominator": "3"}
    assert [one["month"] for one in satisfaction["trend"]] == ["2026-02"]
    assert _profile(world, as_of=at("2026-02-01"))["satisfaction"]["csat"]["numerator"] == "0"


def test_a_rate_that_comes_later_values_the_documents_of_its_days_as_known_then(world: World) -> None:
    order_id, deal = new_id(ORDER), _deal()
    lines = [goods(order_id, 1, "pipe", "1", "10.00"), goods(order_id, 2, "pump", "1", "0.05")]
    bought = Bought(deal.id)
    one = {"order_id": order_id, "order_line": 1, "product": "pipe", "quantity": "1", "amount": "4.00"}
    world.hear(
        ACME, *deal.told,
        shipment(deal.id, "2026-01-10", lines, money("10.05", base=False)),
        came_back(deal.id, "2026-01-20", lines[1:], money("0.05", base=False)),
        *bought.place("2026-01-08", [one], money("4.00", base=False)).told,
        *Paid(deal.id, money("2.00", base=False)).register("2026-01-11").told,
        *Duty(deal.id, "2026-01-15", money("10.05", base=False)).owe("2026-01-09").told,
    )  # fmt: skip
    realised = _profile(world)["realised"]
    assert (realised["revenue"], realised["unconverted"], realised["paid_unconverted"]) == ("0.00", 3, 1)
    assert _duty(_profile(world))["unconverted"] == 1
    may, june = at("2026-05-01"), at("2026-06-01")
    world.hear(rate(date(2026, 1, 10), "1.10", may), rate(date(2026, 1, 9), "2", may), rate(date(2026, 3, 1), "7", may))
    realised = _profile(world)["realised"]
    # 10.05 are 11.06 (half up), 0.05 are 0.06; what was bought on the 8th had no rate yet
    assert (realised["revenue"], realised["unconverted"], realised["paid"]) == ("11.00", 0, "2.20")
    assert (realised["margin"], realised["paid_unconverted"]) == (None, 0)
    assert _duty(_profile(world))["on_time"]["denominator"] == "20.10"
    assert _profile(world, known_at=at("2026-04-01"))["realised"]["unconverted"] == 3
    world.hear(rate(date(2026, 1, 1), "1.50", june), rate(date(2026, 1, 10), "1.20", june))  # the second corrects
    realised = _profile(world)["realised"]
    assert (realised["revenue"], realised["margin"], realised["paid"]) == ("12.00", "6.00", "2.40")
    assert _profile(world, known_at=may)["realised"]["revenue"] == "11.00"


def test_documents_of_deals_that_are_one_count_with_the_one_that_survives(world: World) -> None:
    order_id = new_id(ORDER)
    survivor = _deal(amount=usd("50.00")).win("2026-03-01")
    double = _deal(amount=usd("50.00")).win("2026-03-01").correct("merged", "2026-03-02")
    merged = double.told[-1]
    merged.data["into_id"] = survivor.id
    left = shipment(double.id, "2026-02-01", [goods(order_id, 1, "pipe", "1", "40.00")], money("40.00"))
    world.hear(ACME, *survivor.told, *double.told[:-1])
    assert _profile(world)["realised"]["revenue"] == "100.00"
    world.hear(merged)
    assert _profile(world)["realised"]["revenue"] == "50.00"
    world.hear(left)
    assert _profile(world)["realised"]["revenue"] == "40.00"
    survivor.correct("voided", "2026-03-03")
    world.hear(survivor.told[-1])
    assert _profile(world)["realised"]["revenue"] == "0.00"


@pytest.mark.parametrize("reach", ["own", "team"])
def test_a_manager_sees_the_clients_of_their_own(world: World, reach: str) -> None:
    mine, theirs, anyone, old = partner(), partner(), partner(), partner()
    team = new_id(0x103)
    me, you = manager(team if reach == "team" else None), manager()
    for one, who in ((mine, me), (theirs, you), (old, me)):
        one.data["manager_id"] = who.subject
    asker = Actor(
        subject="x", role="manager", reach=reach, member_id=None if reach == "team" else me.subject,
        team_ids=frozenset({team}), scopes=frozenset({"read"}),
    )  # fmt: skip
    world.hear(me, you, mine, theirs, anyone, old)

    def seen(*ids: UUID) -> list[bool]:
        return [one is not None for one in world.ask("client_profiles", asker, partner_ids=list(ids))["profiles"]]

    assert seen(mine.subject, theirs.subject, anyone.subject, old.subject) == [True, False, True, True]
    world.hear(merged_partner(old.subject, theirs.subject, 2))
    assert seen(old.subject, theirs.subject) == [False, False]
    with pytest.raises(Refused, match="there is no partner"):
        world.ask("proposal_reactions", asker, partner_id=theirs.subject)


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"period": {"from": "2026-02-01", "to": "2026-01-01"}}, "INVALID_PERIOD", "period"),
        ({"as_of": "0001-01-01T00:00:00Z"}, "INVALID", "asOf"),
        ({"compared_with": {"from": "2026-02-01", "to": "2026-01-01"}}, "INVALID_PERIOD", "period"),
        ({"grace_days": 366}, "INVALID", "grace_days"),
    ],
)
def test_what_cannot_be_asked_is_refused(world: World, asked: dict[str, Any], code: str, field: str) -> None:
    world.hear(ACME)
    problem = world.refused("client_profiles", partner_ids=[ACME.subject], **asked)
    assert problem.code == code
    assert problem.field is not None
    assert problem.field[0] == field
