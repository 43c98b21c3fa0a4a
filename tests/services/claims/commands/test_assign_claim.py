"""Giving claims to managers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chassis.errors import Forbidden, Refused
from chassis.ids import new_id
from tests.services.claims.conftest import HEAD, IMPORTER, Claims, manager


def test_a_claim_is_assigned_and_assigned_again(claims: Claims) -> None:
    claim, ann, ben = claims.register(severity="CRITICAL", deal_id=new_id(0x202)), new_id(0x102), new_id(0x102)
    first = claims.ask("assign_claim", claim_id=claim["id"], manager_id=ann)
    second = claims.ask("assign_claim", claim_id=claim["id"], manager_id=ben)
    assert (first["status"], first["assignee_id"], first["version"]) == ("ASSIGNED", str(ann), 2)
    assert (second["status"], second["assignee_id"], second["version"]) == ("ASSIGNED", str(ben), 3)
    events = [data for type, data in claims.told() if type == "claim.assigned"]
    assert [(e["sequence"], e["previous_manager_id"], e["manager_id"]) for e in events] == [
        (2, None, str(ann)),
        (3, str(ann), str(ben)),
    ]
    assert {(e["severity"], e["deal_id"]) for e in events} == {("CRITICAL", claim["deal_id"])}


def test_assigning_to_the_same_manager_is_refused(claims: Claims) -> None:
    claim, ann = claims.register(), new_id(0x102)
    claims.ask("assign_claim", claim_id=claim["id"], manager_id=ann)
    with pytest.raises(Refused, match="SAME_ASSIGNEE"):
        claims.ask("assign_claim", claim_id=claim["id"], manager_id=ann)


def test_an_old_version_is_a_conflict(claims: Claims) -> None:
    claim = claims.register()
    claims.ask("assign_claim", claim_id=claim["id"], manager_id=new_id(0x102), expected_version=1)
    with pytest.raises(Refused, match=r"CONFLICT: CLM-000001 is at version 2, not 1") as refusal:
        claims.ask("assign_claim", claim_id=claim["id"], manager_id=new_id(0x102), expected_version=1)
    assert refusal.value.problems[0].field == ("expectedVersion",)


def test_a_claim_out_of_reach_is_not_there(claims: Claims) -> None:
    claim, ann, ben = claims.register(), new_id(0x102), new_id(0x102)
    claims.ask("assign_claim", HEAD, claim_id=claim["id"], manager_id=ann)
    for stranger, id in ((manager(ben), claim["id"]), (HEAD, new_id(0x301))):
        with pytest.raises(Refused) as refusal:
            claims.ask("assign_claim", stranger, claim_id=id, manager_id=ben)
        assert [(p.code, p.field) for p in refusal.value.problems] == [("NOT_FOUND", ("claim",))]
    assert claims.ask("assign_claim", manager(ann), claim_id=claim["id"], manager_id=ben)["assignee_id"] == str(ben)


def test_only_importers_say_when(claims: Claims) -> None:
    claim = claims.register(IMPORTER, occurred_at=datetime(2017, 3, 2, tzinfo=UTC))
    asked = {"claim_id": claim["id"], "manager_id": new_id(0x102)}
    with pytest.raises(Forbidden):
        claims.ask("assign_claim", HEAD, **asked, occurred_at=datetime(2017, 3, 3, tzinfo=UTC))
    with pytest.raises(Refused, match="OCCURRED_BEFORE_LAST_FACT"):
        claims.ask("assign_claim", IMPORTER, **asked, occurred_at=datetime(2017, 3, 1, tzinfo=UTC))
    claims.ask("assign_claim", IMPORTER, **asked, occurred_at=datetime(2017, 3, 3, tzinfo=UTC))
    assert claims.told()[-1][1]["occurred_at"] == "2017-03-03T00:00:00Z"
