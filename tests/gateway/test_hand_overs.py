"""Deals that change hands, through the gateway."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.ids import new_id
from tests.gateway.system import System

PARTS = """query($deal: ID!) { dealParts(deal: $deal) { asOf currency deal { title } parts { manager { name } until days stages
  interactions outcome wonAmount } } }"""


@pytest.fixture
def handed(system: System) -> dict[str, str]:
    """A deal of Ann's that is Bob's from the second stage on, who wins it."""
    ann, bob = (system.do("registerManager", "manager { id }", name=name)["manager"]["id"] for name in ("Ann", "Bob"))
    worth = {"amount": {"amount": "70.50", "currency": "USD"}, "manager": ann}
    deal = system.do("openDeal", "deal { id }", process=system.processes["manual_sale"], title="A deal", **worth)
    id = deal["deal"]["id"]
    for who in (ann, bob):
        call: dict[str, Any] = {"kind": "CALL", "direction": "OUT", "deals": [id], "managers": [who]}
        if who == bob:
            system.do("changeDeal", "deal { id }", deal=id, manager=bob)
            stages = system.ask("{ salesProcesses { key stages { key } } }")["salesProcesses"]
            second = next(one for one in stages if one["key"] == "manual_sale")["stages"][1]["key"]
            system.do("moveDeal", "deal { id }", deal=id, stage=second)
        system.do("registerInteraction", "interaction { id }", **call)
    system.do("winDeal", "deal { id }", deal=id)
    return {"deal": id, "ann": ann, "bob": bob}


def test_each_manager_sees_what_they_handed_and_took(system: System, handed: dict[str, str]) -> None:
    query = "{ managerPerformance { manager { name } won wonAmount handedOver { deals amount } takenOver { deals amount } } }"
    rows = {row["manager"]["name"]: row for row in system.ask(query)["managerPerformance"]}
    one, none = {"deals": 1, "amount": "70.50"}, {"deals": 0, "amount": "0.00"}
    assert (rows["Ann"]["handedOver"], rows["Ann"]["takenOver"], rows["Ann"]["won"]) == (one, none, 0)
    assert (rows["Bob"]["handedOver"], rows["Bob"]["takenOver"], rows["Bob"]["won"]) == (none, one, 1)
    listed = "{ dealHandOvers { totalCount nodes { deal { title } from { name } to { name } amount currency } } }"
    assert system.ask(listed)["dealHandOvers"] == {
        "totalCount": 1,
        "nodes": [
            {
                "deal": {"title": "A deal"}, "from": {"name": "Ann"}, "to": {"name": "Bob"}, "amount": "70.50",
                "currency": "USD",
            }
        ],
    }  # fmt: skip


def test_a_deal_tells_the_parts_of_its_owners(system: System, handed: dict[str, str]) -> None:
    found = system.ask(PARTS, deal=handed["deal"])["dealParts"]
    anns, bobs = found["parts"]
    assert (found["deal"], anns["manager"], bobs["manager"]) == ({"title": "A deal"}, {"name": "Ann"}, {"name": "Bob"})
    assert (anns["outcome"], anns["wonAmount"], anns["interactions"], len(anns["stages"])) == (None, None, 1, 1)
    assert (bobs["outcome"], bobs["wonAmount"], bobs["interactions"], len(bobs["stages"])) == ("WON", "70.50", 1, 1)
    assert anns["until"] is not None
    assert bobs["until"] is None


def test_who_does_not_see_a_deal_sees_no_parts_of_it(system: System, handed: dict[str, str]) -> None:
    assert system.ask(PARTS, deal=handed["deal"], role="manager", member=handed["bob"])["dealParts"]["parts"]
    for who, deal in ((handed["ann"], handed["deal"]), (handed["bob"], str(new_id(0x202)))):
        (error,) = system.answer(PARTS, role="manager", member=who, deal=deal)["errors"]
        assert error["extensions"]["code"] == "NOT_FOUND"
