"""Moving deals, in the three control modes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chassis.errors import Forbidden
from chassis.ids import new_id
from tests.services.deals.world import ADMIN, PARTNER, SALES, World


def test_entering_proposal_is_refused_until_the_client_has_sale_terms(world: World) -> None:
    partner = new_id(PARTNER)
    deal = world.open("typical_sale", partner_id=partner)
    world.do("move_deal", deal_id=deal["id"], stage="qualification")

    problem = world.refused("move_deal", deal_id=deal["id"], stage="proposal")
    assert (problem.code, problem.details, problem.field) == ("GUARDS_UNMET", ("client_classified",), ("stage",))

    world.classify(partner)
    moved = world.do("move_deal", deal_id=deal["id"], stage="proposal")
    assert (moved["stage"], moved["version"]) == ("proposal", 3)
    event = world.told("deal.stage_changed")[-1]
    assert (event["old_stage"], event["new_stage"], event["old_rank"], event["new_rank"]) == (
        "qualification", "proposal", 2, 3,
    )  # fmt: skip
    assert (event["sequence"], event["partner_id"], event["process_key"]) == (3, str(partner), "typical_sale")


def test_qualification_asks_for_the_partner(world: World) -> None:
    deal = world.open("typical_sale")
    assert world.refused("move_deal", deal_id=deal["id"], stage="qualification").details == ("partner_known",)

    world.do("change_deal", deal_id=deal["id"], partner_id=new_id(PARTNER))
    assert world.do("move_deal", deal_id=deal["id"], stage="qualification")["stage"] == "qualification"


@pytest.mark.parametrize("stage", ["presentation", "fulfilment"])
def test_a_controlled_deal_enters_only_the_next_stage(world: World, stage: str) -> None:
    deal = world.open("typical_sale", partner_id=new_id(PARTNER))
    assert world.refused("move_deal", deal_id=deal["id"], stage=stage).code == "NOT_NEXT_STAGE"


def test_a_controlled_deal_never_goes_back(world: World) -> None:
    deal = world.open_at("proposal")
    assert world.refused("move_deal", deal_id=deal["id"], stage="qualification").code == "NOT_NEXT_STAGE"


def test_a_manual_deal_goes_anywhere_and_every_move_is_on_record(world: World) -> None:
    deal = world.open("manual_sale")
    for stage in ("fulfilment", "qualification", "negotiation"):
        deal = world.do("move_deal", deal_id=deal["id"], stage=stage)
    assert deal["stage"] == "negotiation"
    assert [(t["from_stage"], t["to_stage"]) for t in world.history(deal["id"])] == [
        (None, "first_contact"),
        ("first_contact", "fulfilment"),
        ("fulfilment", "qualification"),
        ("qualification", "negotiation"),
    ]


def test_an_unmanaged_deal_has_no_stages(world: World) -> None:
    deal = world.open("free_deal")
    assert deal["stage"] is None
    assert world.refused("move_deal", deal_id=deal["id"], stage="proposal").code == "NO_STAGES"


@pytest.mark.parametrize(("stage", "code"), [("first_contact", "SAME_STAGE"), ("moon", "UNKNOWN_STAGE")])
def test_stages_that_cannot_be_entered(world: World, stage: str, code: str) -> None:
    deal = world.open("manual_sale")
    assert world.refused("move_deal", deal_id=deal["id"], stage=stage).code == code


def test_closed_deals_do_not_move(world: World) -> None:
    deal = world.open("manual_sale")
    world.do("win_deal", deal_id=deal["id"])
    assert world.refused("move_deal", deal_id=deal["id"], stage="proposal").code == "DEAL_CLOSED"


def test_an_older_version_conflicts(world: World) -> None:
    deal = world.open("manual_sale")
    world.do("move_deal", deal_id=deal["id"], stage="proposal", expected_version=1)
    problem = world.refused("move_deal", deal_id=deal["id"], stage="fulfilment", expected_version=1)
    assert (problem.code, problem.field) == ("CONFLICT", ("expectedVersion",))


def test_unknown_deals_are_not_found(world: World) -> None:
    assert world.refused("move_deal", deal_id=new_id(0x202), stage="proposal").code == "NOT_FOUND"


def test_facts_lie_neither_in_the_future_nor_before_the_last_one(world: World) -> None:
    opened_at = datetime.now(UTC) - timedelta(days=10)
    deal = world.open("manual_sale", occurred_at=opened_at)
    move = {"deal_id": deal["id"], "stage": "proposal"}

    future = world.refused("move_deal", **move, occurred_at=datetime.now(UTC) + timedelta(minutes=1))
    assert (future.code, future.field) == ("OCCURRED_IN_FUTURE", ("occurredAt",))
    before = world.refused("move_deal", **move, occurred_at=opened_at - timedelta(seconds=1))
    assert before.code == "OCCURRED_BEFORE_LAST_FACT"

    world.do("move_deal", **move, occurred_at=opened_at + timedelta(days=1))
    assert world.told("deal.stage_changed")[0]["occurred_at"][:10] == (opened_at + timedelta(days=1)).date().isoformat()


def test_only_importers_place_facts_in_the_past(world: World) -> None:
    deal = world.open("manual_sale", ADMIN)
    with pytest.raises(Forbidden):
        world.do("move_deal", SALES, deal_id=deal["id"], stage="proposal", occurred_at=datetime.now(UTC))


def test_terms_of_another_deal_or_another_day_do_not_classify(world: World) -> None:
    partner = new_id(PARTNER)
    deal, other = (world.open("typical_sale", partner_id=partner) for _ in range(2))
    world.do("move_deal", deal_id=deal["id"], stage="qualification")
    world.classify(partner, deal_id=other["id"])
    world.classify(partner, valid_to="2020-12-31")
    world.classify(partner, valid_from=(datetime.now(UTC) + timedelta(days=2)).date())
    assert world.refused("move_deal", deal_id=deal["id"], stage="proposal").code == "GUARDS_UNMET"

    world.classify(partner, deal_id=deal["id"])
    assert world.do("move_deal", deal_id=deal["id"], stage="proposal")["stage"] == "proposal"
