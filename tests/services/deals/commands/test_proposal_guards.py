"""Guards that look at the deal's proposals."""

from __future__ import annotations

from chassis.ids import new_id
from chassis.wire import Json
from services.deals.domain.guards import GuardUse
from services.deals.domain.kinds import PROCESS
from services.deals.domain.process import ControlMode, Process, Stage, WonBy
from services.deals.storage.processes import Processes
from tests.services.deals.world import World

LINE = {"product": "M8", "quantity": "3", "price": {"amount": "9.99", "currency": "USD"}}
STAGES = (("offer", ()), ("presentation", ("proposal_sent",)), ("preparation", ("proposal_accepted",)))


def open_guarded(world: World) -> Json:
    process = Process(
        id=new_id(PROCESS), key="offers", name="Offers", russian_name="Предложения", version=1,
        control=ControlMode.CONTROLLED, won_by=WonBy.COMMAND,
        stages=tuple(
            Stage(
                key=key, name=key, russian_name=key, rank=rank, probability=0.5,
                guards=tuple(GuardUse(name=name) for name in guards),
            )
            for rank, (key, guards) in enumerate(STAGES, start=1)
        ),
    )  # fmt: skip
    with world.database.transaction() as tx:
        Processes(tx.connection).add(process, tx.now)
    return world.do("open_deal", process_id=process.id, title="A deal")


def unmet(world: World, deal: Json, stage: str) -> tuple[str, ...]:
    problem = world.refused("move_deal", deal_id=deal["id"], stage=stage)
    assert problem.code == "GUARDS_UNMET"
    return problem.details


def test_a_presentation_needs_a_proposal_that_is_sent(world: World) -> None:
    deal = open_guarded(world)
    draft = world.do("draft_proposal", deal_id=deal["id"], lines=[LINE], valid_until="2999-12-31")
    assert unmet(world, deal, "presentation") == ("proposal_sent",)
    world.do("send_proposal", deal_id=deal["id"], proposal_id=draft["id"])
    assert world.do("move_deal", deal_id=deal["id"], stage="presentation")["stage"] == "presentation"


def test_preparation_needs_an_acceptance_that_counts(world: World) -> None:
    deal = open_guarded(world)
    sent = {"deal_id": deal["id"], "lines": [LINE], "valid_until": "2999-12-31"}
    proposal = world.do("send_proposal", **sent)["proposal"]
    world.do("move_deal", deal_id=deal["id"], stage="presentation")
    assert unmet(world, deal, "preparation") == ("proposal_accepted",)
    answered = {"proposal_id": proposal["id"]}
    world.do("record_proposal_response", **answered, response="ACCEPTED")
    world.do("record_proposal_response", **answered, response="COUNTER_OFFER", reason="price")
    assert unmet(world, deal, "preparation") == ("proposal_accepted",)
    world.do("record_proposal_response", **answered, response="ACCEPTED")
    assert world.do("move_deal", deal_id=deal["id"], stage="preparation")["stage"] == "preparation"
