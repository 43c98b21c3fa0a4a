"""The work on a claim between its registration and its end: answers, waiting, reopening, and what its clocks make of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from chassis.clock import utc_now
from chassis.errors import Refused
from chassis.ids import new_id
from chassis.store.timers import Timers
from chassis.wire import Json
from services.claims.due import DUE
from services.claims.storage.tables import claims as claims_table
from tests.services.claims.conftest import HEAD, IMPORTER, Claims, manager

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # the enterprise works from nine to six, UTC


def at(days: int, hours: float = 0) -> datetime:
    return MONDAY + timedelta(days=days, hours=hours)


def imported(claims: Claims, **changes: Any) -> Json:
    return claims.register(IMPORTER, occurred_at=MONDAY, **changes)


def do(claims: Claims, method: str, claim: Json, when: datetime, **asked: Any) -> Json:
    return claims.ask(method, IMPORTER, claim_id=claim["id"], occurred_at=when, **asked)


def test_the_clock_of_the_resolution_stands_still_while_waiting_and_closed(claims: Claims) -> None:
    claim = imported(claims, severity="NORMAL", products=["P-1"])
    do(claims, "respond_to_claim", claim, at(0, 1), kind="NOTE", text="look at this")
    do(claims, "respond_to_claim", claim, at(0, 1.5), kind="AUTOMATIC_REPLY", text="we got it")
    do(claims, "assign_claim", claim, at(0, 2), manager_id=new_id(0x102))
    answered = do(claims, "respond_to_claim", claim, at(1, 1), text="we look into it")
    assert answered["first_response_seconds"] == 10 * 3600
    do(claims, "wait_on_client", claim, at(1, 2))
    do(claims, "resume_claim", claim, at(2, 2))
    resolved = do(claims, "resolve_claim", claim, at(2, 4), resolution="paid", root_cause="DEFECT")
    assert (resolved["resolution_seconds"], resolved["root_cause"]) == (13 * 3600, "DEFECT")
    reopened = do(claims, "reopen_claim", claim, at(7), reason="it broke again")
    assert (reopened["status"], reopened["resolved_at"], reopened["times_reopened"]) == ("ASSIGNED", None, 1)
    again = do(claims, "resolve_claim", claim, at(7, 1), resolution="sent a new one")
    assert again["resolution_seconds"] == 14 * 3600
    assert again["first_response_seconds"] == 10 * 3600
    told = {type: data for type, data in claims.told() if data.get("claim_id") == claim["id"]}
    assert told["claim.resumed"]["waited_since"] == "2026-03-03T11:00:00Z"
    assert told["claim.reopened"]["was_resolved_at"] == "2026-03-04T13:00:00Z"
    assert "satisfaction.requested" not in told  # of what is past nobody is asked
    said = claims.ask("answers_of_claims", claim_ids=[claim["id"]])["pages"][0]["nodes"]
    assert [(one["kind"], one["text"]) for one in said[:2]] == [
        ("NOTE", "it broke again"),
        ("ANSWER", "we look into it"),
    ]


def test_an_imported_claim_has_no_deadlines(claims: Claims) -> None:
    claim = imported(claims)
    assert (claim["policy_id"], claim["first_response_due_at"], claim["resolution_due_at"]) == (None, None, None)


def test_deadlines_are_those_of_the_policy_at_the_severity(claims: Claims) -> None:
    before = claims.register(severity="LOW")
    [shipped] = claims.ask("sla_policies_by_ids")["nodes"]
    targets = [{**one, "first_response_minutes": 5, "resolution_minutes": 7} for one in shipped["targets"]]
    claims.ask("set_sla_policy", _with(HEAD, "lists"), targets=targets, warn_at_percent=50)
    after = claims.register(severity="LOW")
    with claims.database.transaction() as tx:
        calendar = tx.enterprise.calendar
    registered = datetime.fromisoformat(after["registered_at"])
    assert after["resolution_due_at"] == _text(calendar.add_business_time(registered, timedelta(minutes=7)))
    critical = claims.ask("change_claim", claim_id=before["id"], severity="CRITICAL")
    begun = datetime.fromisoformat(before["registered_at"])
    assert critical["policy_id"] == shipped["id"]
    assert critical["first_response_due_at"] == _text(calendar.add_business_time(begun, timedelta(minutes=60)))
    type, told = claims.told()[-1]
    assert (type, told["changed"], told["old_severity"], told["severity"]) == (
        "claim.changed",
        ["severity"],
        "LOW",
        "CRITICAL",
    )


def test_service_levels_are_the_heads_to_set_and_whole(claims: Claims) -> None:
    target = {"severity": "LOW", "first_response_minutes": 60, "resolution_minutes": 5}
    lists = _with(HEAD, "lists")
    with pytest.raises(Refused) as refusal:
        claims.ask("set_sla_policy", lists, targets=[target, target])
    assert [problem.code for problem in refusal.value.problems] == ["REQUIRED"] * 3 + ["DUPLICATE"] + ["INVALID"] * 2


def test_an_answer_elsewhere_counts_at_its_own_moment(claims: Claims) -> None:
    claim = imported(claims)
    do(claims, "assign_claim", claim, at(1), manager_id=new_id(0x102))
    said = {"kind": "CALL", "direction": "OUT", "automatic": False, "claim_ids": [claim["id"]], "manager_ids": []}
    ignored = ({"direction": "IN"}, {"automatic": True}, {"kind": "NOTE"}, {"started_at": MONDAY - timedelta(hours=1)})
    for other in ignored:
        claims.hear(
            "contacts",
            "interaction.registered",
            1,
            **{**said, "interaction_id": new_id(0x118), "started_at": at(0, 1), **other},
        )
    assert _read(claims, claim)["first_responded_at"] is None
    for hours in (3, 2, 4):
        call = new_id(0x118)
        for _ in range(2):
            claims.hear(
                "contacts", "interaction.registered", 1, **{**said, "interaction_id": call, "started_at": at(0, hours)}
            )
    assert _read(claims, claim)["first_responded_at"] == _text(at(0, 2))
    told = [data for type, data in claims.told() if type == "claim.responded"]
    assert [(one["answered_at"], one["occurred_at"]) for one in told] == [
        (_text(at(0, 3)), _text(at(1))),
        (_text(at(0, 2)), _text(at(1))),
    ]


def test_who_is_above_is_told_once_for_each_deadline(claims: Claims) -> None:
    ann, boss, team = new_id(0x102), new_id(0x102), new_id(0x103)
    claims.hear("contacts", "manager.registered", manager_id=ann, team_id=team)
    claims.hear("contacts", "team.registered", team_id=team, head_id=boss)
    claim = claims.register(severity="CRITICAL")
    claims.ask("assign_claim", claim_id=claim["id"], manager_id=ann)
    assert _late(claims) == []
    _long_ago(claims, claim, days=30)
    claims.register()
    for _ in range(3):
        _fire(claims)
    assert _late(claims) == [claim["id"]]
    told = [data for type, data in claims.told() if type == "claim.escalated"]
    assert sorted((one["reason"], one["escalated_to_id"]) for one in told) == [
        ("FIRST_RESPONSE_PASSED", str(boss)),
        ("RESOLUTION_PASSED", str(boss)),
    ]
    claims.ask("change_claim", claim_id=claim["id"], severity="HIGH")  # other deadlines, which have passed, too
    _fire(claims)
    assert len([1 for type, _ in claims.told() if type == "claim.escalated"]) == 4
    claims.ask("escalate_claim", claim_id=claim["id"], reason="he shouts")
    assert claims.told()[-1][1].items() >= {"reason": "MANUAL", "escalated_to_id": str(boss)}.items()


def test_what_is_answered_and_waits_is_not_escalated(claims: Claims) -> None:
    claim = claims.register(severity="CRITICAL")
    claims.ask("respond_to_claim", claim_id=claim["id"], text="we look into it")
    claims.ask("wait_on_client", claim_id=claim["id"])
    tables = claims.database.tables
    with claims.database.transaction() as tx:
        assert [row.name for row in tx.connection.execute(tables.timers.select()) if row.key == claim["id"]] == []
    claims.ask("resume_claim", claim_id=claim["id"])
    with claims.database.transaction() as tx:
        assert [row.name for row in tx.connection.execute(tables.timers.select()) if row.key == claim["id"]] == [
            "claim.deadline"
        ]


def test_changes_are_on_record_and_a_conflict_names_them(claims: Claims) -> None:
    ann = new_id(0x102)
    claim = claims.register()
    claims.ask("assign_claim", claim_id=claim["id"], manager_id=ann)
    claims.ask("change_claim", manager(ann), claim_id=claim["id"], products=["P-1", "P-2"])
    with pytest.raises(Refused) as refusal:
        claims.ask("wait_on_client", claim_id=claim["id"], expected_version=2)
    assert refusal.value.problems[0].details == ("products",)
    nodes = claims.ask("changes_of_claims", claim_ids=[claim["id"]])["pages"][0]["nodes"]
    assert [(one["version"], one["field"], one["new"]) for one in nodes[:2]] == [
        (3, "products", '["P-1","P-2"]'),
        (2, "assignee", f'"{ann}"'),
    ]
    assert claims.ask("changes_of_claims", manager(new_id(0x102)), claim_ids=[claim["id"]])["pages"][0]["nodes"] == []


def _with(actor: Any, scope: str) -> Any:
    from dataclasses import replace

    return replace(actor, scopes=actor.scopes | {scope})


def _late(claims: Claims) -> list[str]:
    late, others = (claims.ask("list_claims", filter={"late": late})["nodes"] for late in (True, False))
    assert {one["id"] for one in late}.isdisjoint(one["id"] for one in others)
    return [one["id"] for one in late]


def _read(claims: Claims, claim: Json) -> Json:
    return claims.ask("claims_by_ids", ids=[claim["id"]])["nodes"][0]


def _long_ago(claims: Claims, claim: Json, *, days: int) -> None:
    """Let a claim have been registered long ago, and its timer be due."""
    past = utc_now() - timedelta(days=days)
    timers = claims.database.tables.timers
    with claims.database.transaction() as tx:
        this = claims_table.c.id == UUID(claim["id"])
        tx.connection.execute(claims_table.update().where(this).values(registered_at=past))
        tx.connection.execute(timers.update().where(timers.c.key == claim["id"]).values(due_at=past))


def _fire(claims: Claims) -> None:
    timers = Timers(claims.database, DUE)
    while timers.fire_next():
        pass


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
