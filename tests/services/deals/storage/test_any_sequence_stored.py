"""Random commands through the database: what is stored is what its facts add up to."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import hypothesis.strategies as st
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from chassis.errors import Refused
from chassis.ids import new_id
from chassis.wire import Json
from services.deals.storage.tables import deals
from tests.services.deals.world import PARTNER, World

STAGES = ("first_contact", "qualification", "proposal", "presentation", "fulfilment")
COMMANDS = st.one_of(
    st.tuples(st.just("move_deal"), st.fixed_dictionaries({"stage": st.sampled_from(STAGES)})),
    st.tuples(st.just("move_deal"), st.just({"stage": "next"})),
    st.tuples(st.just("win_deal"), st.just({})),
    st.tuples(st.just("lose_deal"), st.just({"reason": "price"})),
    st.tuples(st.just("reopen_deal"), st.just({})),
    st.tuples(st.just("hold_deal"), st.just({"reason": "later"})),
    st.tuples(st.just("resume_deal"), st.just({})),
    st.tuples(st.just("void_deal"), st.just({"reason": "a mistake"})),
    st.tuples(st.just("unvoid_deal"), st.just({})),
    st.tuples(st.just("merge_deals"), st.just({})),
    st.tuples(st.just("unmerge_deal"), st.just({})),
    st.tuples(st.just("register_shipment"), st.fixed_dictionaries({"complete": st.booleans()})),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(process=st.sampled_from(["typical_sale", "manual_sale", "free_deal"]), commands=st.lists(COMMANDS, max_size=12))
def test_deals_are_what_their_facts_add_up_to(world: World, process: str, commands: list[tuple[str, Json]]) -> None:
    partner = new_id(PARTNER)
    world.classify(partner)
    deal, survivor = world.open(process, partner_id=partner), world.open(process, partner_id=partner)
    shipped = False
    for operation, given_input in commands:
        before = _stored(world, deal), world.history(deal["id"])
        try:
            world.do(operation, **_complete(world, before[0], operation, given_input, survivor))
        except Refused:
            assert (_stored(world, deal), world.history(deal["id"])) == before
        else:
            shipped = shipped or given_input.get("complete", False)

    stored, history = _stored(world, deal), world.history(deal["id"])
    assert (stored["outcome"], stored["stage"]) == _replayed(history)
    assert world.deal(deal["id"])["id"] == (survivor if stored["merged_into_id"] else deal)["id"]
    listed = {one["id"] for one in world.ask("list_deals", filter={"partner_ids": [partner]})["nodes"]}
    counted = stored["voided_at"] is None and stored["merged_into_id"] is None
    assert listed == {survivor["id"], *([deal["id"]] if counted else [])}
    assert stored["outcome"] != "WON" or process != "typical_sale" or shipped
    told = [event for event in world.told() if event["deal_id"] == deal["id"]]
    assert [event["sequence"] for event in told if event["type"] != "sale_terms.registered"] == list(
        range(1, stored["version"] + 1)
    )


def _stored(world: World, deal: Json) -> Json:
    """The deal's own row: a merged one is read as the one that survives."""
    with world.database.reading() as reading:
        row = reading.connection.execute(sa.select(deals).where(deals.c.id == UUID(deal["id"]))).mappings().one()
        return dict(row)


def _complete(world: World, deal: Json, operation: str, given_input: Json, survivor: Json) -> Json:
    if operation == "merge_deals":
        return {"survivor_id": survivor["id"], "duplicate_ids": [deal["id"]]}
    return {"deal_id": deal["id"], **_fields(world, deal, operation, given_input)}


def _fields(world: World, deal: Json, operation: str, given_input: Json) -> Json:
    if operation == "register_shipment":
        return {"number": "S-1", "shipped_on": datetime.now(UTC).date(), **given_input}
    if given_input.get("stage") == "next":
        keys = [
            stage["key"]
            for process in world.processes.values()
            if process["id"] == str(deal["process_id"])
            for stage in process["stages"]
        ]
        place = keys.index(deal["stage"]) + 1 if deal["stage"] else 0
        return {"stage": keys[place] if place < len(keys) else "none"}
    return given_input


def _replayed(history: list[Json]) -> tuple[str, str | None]:
    outcome, stage = "IN_PROGRESS", None
    for fact in history:
        if fact["kind"] in ("WON", "LOST"):
            outcome = fact["kind"]
        elif fact["kind"] in ("OPENED", "MOVED", "REOPENED"):
            outcome, stage = "IN_PROGRESS", fact["to_stage"]
    return outcome, stage
