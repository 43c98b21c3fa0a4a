"""Plans and what becomes of them; what is done stays as it is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.contacts.conftest import Contacts
from tests.services.contacts.talk import (
    YESTERDAY,
    ahead,
    ann_and_bob,
    kinds,
    listed,
    manager_of,
    open_deal,
    partner,
    plan,
    say,
    timeline,
)


def test_a_plan_takes_place(contacts: Contacts) -> None:
    acme = partner(contacts)["id"]
    start, end = ahead(days=1), ahead(days=1, hours=1)
    made = plan(contacts, partner_ids=[acme], starts_at=start, ends_at=end, text="bring samples")
    assert (made["state"], made["planned_start"], made["planned_end"], made["at"]) == ("PLANNED", start, end, start)
    done = contacts.ask(
        "complete_interaction",
        interaction_id=made["id"],
        started_at=YESTERDAY,
        duration_seconds=60,
        outcome={"key": "agreed"},
    )
    assert (done["state"], done["started_at"], done["at"], done["version"]) == ("DONE", YESTERDAY, YESTERDAY, 2)
    assert (done["text"], done["planned_start"]) == ("bring samples", start)
    assert [type for type in contacts.told_types() if type.startswith("interaction.")] == [
        "interaction.planned",
        "interaction.registered",
    ]
    after = say(contacts, partner_ids=[acme], started_at="2021-05-05T09:00:00Z")["id"]
    assert listed(contacts, acme) == [after, made["id"]]  # it goes by when it took place now


def test_one_that_is_done_before_its_time_was_done_now(contacts: Contacts) -> None:
    made = plan(contacts, partner_ids=[partner(contacts)["id"]])
    done = contacts.ask("complete_interaction", interaction_id=made["id"])
    assert done["recorded_at"] <= done["started_at"] < made["planned_start"]


def test_whole_days_go_from_midnight_to_midnight_where_they_are_planned(contacts: Contacts) -> None:
    acme = partner(contacts)["id"]
    trip = contacts.ask(
        "plan_interaction", kind="MEETING", partner_ids=[acme],
        starts_on="2031-03-08", ends_on="2031-03-09", time_zone="America/New_York",
    )  # fmt: skip
    assert (trip["planned_start"], trip["planned_end"]) == ("2031-03-08T05:00:00Z", "2031-03-10T04:00:00Z")
    assert (trip["all_day"], trip["time_zone"]) == (True, "America/New_York")
    moved = contacts.ask("reschedule_interaction", interaction_id=trip["id"], starts_on="2031-07-01")
    assert (moved["planned_start"], moved["time_zone"]) == ("2031-07-01T04:00:00Z", "America/New_York")
    assert moved["planned_end"] == "2031-07-03T04:00:00Z"


@pytest.mark.parametrize(
    ("moved_to", "end"),
    [
        ({"starts_at": "2031-07-01T09:00:00Z"}, "2031-07-01T10:30:00Z"),
        ({"starts_at": "2031-07-01T09:00:00Z", "ends_at": "2031-07-01T09:15:00Z"}, "2031-07-01T09:15:00Z"),
        ({"starts_on": "2031-07-01", "time_zone": "UTC"}, "2031-07-02T00:00:00Z"),
    ],
)
def test_what_is_moved_takes_as_long_as_it_was_to_take(contacts: Contacts, moved_to: dict[str, str], end: str) -> None:
    about = {"starts_at": "2031-03-08T09:00:00Z", "ends_at": "2031-03-08T10:30:00Z"}
    made = plan(contacts, partner_ids=[partner(contacts)["id"]], **about)
    assert contacts.ask("reschedule_interaction", interaction_id=made["id"], **moved_to)["planned_end"] == end


@pytest.mark.parametrize(
    ("about", "problem"),
    [
        ({}, ("REQUIRED", "startsAt")),
        ({"starts_at": ahead(days=1), "starts_on": "2031-01-01"}, ("INVALID", "startsOn")),
        ({"starts_on": "2031-01-01", "ends_at": ahead(days=1)}, ("INVALID", "endsAt")),
        ({"starts_at": ahead(days=2), "ends_at": ahead(days=1)}, ("ENDS_BEFORE_START", "endsAt")),
        ({"starts_on": "2031-01-02", "ends_on": "2031-01-01"}, ("ENDS_BEFORE_START", "endsOn")),
        ({"starts_at": "2021-01-01T00:00:00Z"}, ("PLANNED_IN_PAST", "startsAt")),
        ({"starts_on": "2021-01-01"}, ("PLANNED_IN_PAST", "startsOn")),
        ({"starts_on": "9999-12-31"}, ("INVALID", "endsOn")),
        ({"starts_at": "2931-01-01T00:00:00Z"}, ("INVALID", "startsAt")),
        ({"starts_on": "2031-01-01", "time_zone": "Moon/Sea"}, ("UNKNOWN_TIME_ZONE", "timeZone")),
        ({"starts_on": "2031-01-01", "time_zone": "../../etc/passwd"}, ("UNKNOWN_TIME_ZONE", "timeZone")),
        ({"starts_on": "2031-01-01", "time_zone": "x" * 500}, ("UNKNOWN_TIME_ZONE", "timeZone")),
    ],
)
def test_a_plan_is_for_a_time_to_come(contacts: Contacts, about: dict[str, Any], problem: tuple[str, str]) -> None:
    acme = partner(contacts)["id"]
    assert contacts.refused("plan_interaction", kind="MEETING", partner_ids=[acme], **about) == [problem]


def test_what_is_cancelled_stays_cancelled(contacts: Contacts) -> None:
    made = plan(contacts, partner_ids=[partner(contacts)["id"]])
    gone = contacts.ask("cancel_interaction", interaction_id=made["id"], reason="they are ill")
    assert (gone["state"], gone["cancel_reason"]) == ("CANCELLED", "they are ill")
    for name in ("complete_interaction", "cancel_interaction"):
        assert contacts.refused(name, interaction_id=made["id"]) == [("NOT_PLANNED", "interaction")]
    moved = contacts.refused("reschedule_interaction", interaction_id=made["id"], starts_at=ahead(days=2))
    assert moved == [("NOT_PLANNED", "interaction")]
    assert contacts.refused("correct_interaction", interaction_id=made["id"]) == [("NOT_DONE", "interaction")]
    put_off = contacts.refused("postpone_interaction", interaction_id=made["id"], until=ahead(days=2))
    assert put_off == [("INTERACTION_CANCELLED", "interaction")]


def test_moving_to_the_same_time_is_nothing(contacts: Contacts) -> None:
    start = ahead(days=1)
    made = plan(contacts, partner_ids=[partner(contacts)["id"]], starts_at=start)
    assert contacts.ask("reschedule_interaction", interaction_id=made["id"], starts_at=start) == made
    assert "interaction.rescheduled" not in contacts.told_types()


def test_a_correction_stands_in_the_place_of_what_was_wrong(contacts: Contacts) -> None:
    ann, bob = ann_and_bob(contacts)
    acme, bolt = partner(contacts)["id"], partner(contacts, "Bolt")["id"]
    deal = open_deal(contacts, partner_id=bolt)
    wrong = say(ann, partner_ids=[acme], text="12 tables", duration_seconds=10, guests=[{"phone": "+49 30 901820"}])
    right = contacts.ask(
        "correct_interaction", interaction_id=wrong["id"], text="21 tables", partner_ids=[], deal_ids=[deal]
    )
    assert (right["text"], right["duration_seconds"], right["started_at"]) == ("21 tables", 10, YESTERDAY)
    assert (right["partner_ids"], right["manager_ids"]) == ([bolt], [manager_of(ann)])
    assert right["guests"] == wrong["guests"] and right["corrects_id"] == wrong["id"]
    (old,) = contacts.ask("interactions_by_ids", ids=[wrong["id"]])["nodes"]
    assert old == {**wrong, "version": 2, "corrected_by_id": right["id"]}
    assert (listed(contacts, acme), listed(contacts, bolt)) == ([], [right["id"]])
    assert listed(contacts, acme, corrected=True) == [wrong["id"]]
    assert kinds(timeline(contacts, acme)) == ["PARTNER_REGISTERED", "INTERACTION_REGISTERED"]
    assert kinds(timeline(contacts, bolt)) == ["PARTNER_REGISTERED", "INTERACTION_CORRECTED", "DEAL_OPENED"]
    assert contacts.refused("correct_interaction", interaction_id=wrong["id"], text="x") == [
        ("ALREADY_CORRECTED", "interaction")
    ]
    again = contacts.ask(
        "correct_interaction", interaction_id=right["id"], outcome={"key": "sold"}, manager_ids=[manager_of(bob)]
    )
    assert (again["outcome"]["key"], again["text"], again["manager_ids"]) == ("sold", "21 tables", [manager_of(bob)])
    type, told = contacts.told()[-1]
    assert (type, told["interaction_id"], told["corrects_id"]) == ("interaction.corrected", again["id"], right["id"])


def test_a_correction_of_what_one_may_not_see_any_more_leaves_it(contacts: Contacts) -> None:
    ann, bob = ann_and_bob(contacts)
    bobs = partner(contacts, manager_id=manager_of(bob))["id"]
    call = say(contacts, partner_ids=[bobs], manager_ids=[manager_of(ann)])
    right = ann.ask("correct_interaction", interaction_id=call["id"], deal_ids=[], title="Call")
    assert (right["partner_ids"], right["title"]) == ([bobs], "Call")
    assert ann.refused("correct_interaction", interaction_id=right["id"], claim_ids=[], person_ids=[bobs]) == [
        ("NOT_FOUND", "persons.0")
    ]


def test_a_note_that_was_a_call_gets_a_direction(contacts: Contacts) -> None:
    note = say(contacts, kind="NOTE", partner_ids=[partner(contacts)["id"]])
    call = contacts.ask("correct_interaction", interaction_id=note["id"], kind="CALL")
    assert (call["kind"], call["direction"]) == ("CALL", "OUT")


def test_flags_say_nothing_of_what_happened(contacts: Contacts) -> None:
    mail = say(contacts, kind="EMAIL", direction="IN", partner_ids=[partner(contacts)["id"]])
    told = contacts.told_types()
    later = ahead(days=1)
    put_off = contacts.ask("postpone_interaction", interaction_id=mail["id"], until=later)
    assert (put_off["postponed_until"], put_off["version"]) == (later, 2)
    seen = contacts.ask("review_interaction", interaction_id=mail["id"], expected_version=2)
    assert (seen["reviewed"], seen["postponed_until"], seen["version"]) == (True, None, 3)
    assert contacts.ask("review_interaction", interaction_id=mail["id"]) == seen
    unseen = contacts.ask("review_interaction", interaction_id=mail["id"], reviewed=False)
    assert (unseen["reviewed"], unseen["reviewed_at"]) == (False, None)
    assert contacts.refused("postpone_interaction", interaction_id=mail["id"], until=YESTERDAY) == [
        ("INVALID", "until")
    ]
    assert contacts.refused("review_interaction", interaction_id=mail["id"], expected_version=1) == [
        ("CONFLICT", "expectedVersion")
    ]
    assert contacts.told_types() == told


def test_what_is_out_of_reach_cannot_be_changed(contacts: Contacts) -> None:
    ann, bob = ann_and_bob(contacts)
    made = plan(ann, partner_ids=[partner(contacts, manager_id=manager_of(ann))["id"]])
    for name in ("complete_interaction", "cancel_interaction", "review_interaction", "correct_interaction"):
        assert bob.refused(name, interaction_id=made["id"]) == [("NOT_FOUND", "interaction")]
