"""Partners that turned out to be one: what belongs to one is seen with the other, until that is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.actor import Actor
from chassis.ids import new_id
from chassis.wire import Json
from services.contacts.domain.kinds import DEAL, PARTNER
from tests.services.contacts.conftest import Contacts

PHONE = {"kind": "PHONE", "value": "+1 212 555 0123"}
EMAIL = {"kind": "EMAIL", "value": "a@acme.com"}
ENTITY = {"name": "Acme GmbH", "country": "DE", "tax_id": "DE136695976"}


def _register(contacts: Contacts, name: str = "Acme", **facts: Any) -> Json:
    return contacts.ask("register_partner", **{"name": name, **facts})


def _merge(contacts: Contacts, survivor: Json, merged: Json, **versions: int) -> Json:
    return contacts.ask("merge_partners", survivor_id=survivor["id"], merged_id=merged["id"], **versions)


def _get(contacts: Contacts, *partners: Json) -> list[Json]:
    return list(contacts.ask("partners_by_ids", ids=[partner["id"] for partner in partners])["nodes"])


def _last_told(contacts: Contacts) -> tuple[str, str, str]:
    type, data = contacts.told()[-1]
    return type, data["partner_id"], data["into_id"]


def test_all_of_a_merged_partner_is_seen_with_the_survivor_and_its_id_leads_there(contacts: Contacts) -> None:
    kept = _register(contacts, roles=["SUPPLIER"], contact_points=[PHONE])
    gone = _register(
        contacts,
        "Acme Ltd",
        roles=["CLIENT"],
        source="fair",
        interest="pipes",
        external_ref={"system": "old", "id": "7"},
        contact_points=[EMAIL, PHONE, {"kind": "PHONE", "value": "+1 212 555 0199"}],
        contact_persons=[{"full_name": "Ann Lee"}],
        legal_entities=[ENTITY],
        interaction={"kind": "CALL"},
    )
    branch = _register(contacts, "East", parent_id=gone["id"])
    merged = _merge(contacts, kept, gone)
    assert _get(contacts, kept, gone) == [merged, merged]
    assert (merged["id"], merged["name"], merged["roles"]) == (kept["id"], "Acme", ["CLIENT", "SUPPLIER"])
    assert (merged["source"], merged["interest"], merged["external_ref"]["id"]) == ("fair", "pipes", "7")
    assert [(point["value"], point["primary"]) for point in merged["contact_points"]] == [
        ("+12125550123", True),
        ("a@acme.com", True),
        ("+12125550199", False),
    ]
    assert [person["full_name"] for person in merged["contact_persons"]] == ["Ann Lee"]
    assert [entity["tax_id"] for entity in merged["legal_entities"]] == ["DE136695976"]
    assert [one["id"] for one in merged["merged"]] == [gone["id"]]

    asked = {"thing_ids": [kept["id"]]}
    (talks,) = contacts.ask("interactions_of", **asked)["pages"]
    assert [one["kind"] for one in talks["nodes"]] == ["CALL"]
    (timeline,) = contacts.ask("timelines_of", **asked)["pages"]
    assert sorted(entry["kind"] for entry in timeline["nodes"]) == sorted(
        ["PARTNER_REGISTERED", "PARTNER_REGISTERED", "INTERACTION_REGISTERED", "PARTNER_MERGED"]
    )
    ((interest,),) = contacts.ask("interests_of_partners", partner_ids=[kept["id"]])["interests"]
    assert interest["text"] == "pipes"
    (history,) = contacts.ask("contact_point_history", ids=[kept["id"]])["pages"]
    assert len(history["nodes"]) == 4
    (changed,) = contacts.ask("changes_of", **asked)["pages"]
    assert {change["field"] for change in changed["nodes"]} == {"mergedInto", "survivor", "merged"}
    (branches,) = contacts.ask("branches_of_partners", partner_ids=[kept["id"]])["pages"]
    assert [one["id"] for one in branches["nodes"]] == [branch["id"]]
    for name, filtered in (
        ("list_interactions", "partner_ids"),
        ("list_contact_persons", "partner_ids"),
        ("list_legal_entities", "partner_ids"),
        ("list_interests", "partner_ids"),
    ):
        for one in (kept, gone):
            assert len(contacts.ask(name, filter={filtered: [one["id"]]})["nodes"]) == 1, name
    found = contacts.ask("locate", partner_ids=[gone["id"]], partner_refs=[{"system": "old", "id": "7"}])
    assert (found["partners"], found["partner_refs"]) == ([kept["id"]], [kept["id"]])
    assert _last_told(contacts) == ("partner.merged", gone["id"], kept["id"])


def test_lists_leave_merged_partners_out_and_find_survivors_by_what_those_were(contacts: Contacts) -> None:
    kept, gone = _register(contacts, "Acme"), _register(contacts, "Zenith", roles=["SUPPLIER"])
    other = _register(contacts, "Bolt")
    _merge(contacts, kept, gone)
    for asked, expected in (
        ({}, [kept, other]),
        ({"search": "zen"}, [kept]),
        ({"filter": {"roles": ["SUPPLIER"]}}, [kept]),
        ({"filter": {"roles": ["PROSPECT"]}}, [kept, other]),
        ({"filter": {"roles": ["COMPETITOR"]}}, []),
    ):
        found = contacts.ask("list_partners", **asked)["nodes"]
        assert [one["id"] for one in found] == [one["id"] for one in expected], asked


def test_merges_lead_on_and_each_is_undone_by_itself(contacts: Contacts) -> None:
    a, b, c = (_register(contacts, name, contact_persons=[{"full_name": name}]) for name in "ABC")
    _merge(contacts, b, a)
    _merge(contacts, c, b)
    assert {one["id"] for one in _get(contacts, a, b, c)} == {c["id"]}
    assert [one["full_name"] for one in _get(contacts, a)[0]["contact_persons"]] == ["C", "A", "B"]
    undone = contacts.ask("unmerge_partner", partner_id=b["id"])
    assert [one["name"] for one in undone["partner"]["merged"]] == ["A"]
    assert undone["survivor"]["merged"] == []
    assert [one["id"] for one in _get(contacts, a, b, c)] == [b["id"], b["id"], c["id"]]
    assert _last_told(contacts) == ("partner.unmerged", b["id"], c["id"])
    contacts.ask("unmerge_partner", partner_id=a["id"])
    assert [one["id"] for one in _get(contacts, a, b)] == [a["id"], b["id"]]


def test_what_cannot_be_merged_is_refused(contacts: Contacts) -> None:
    a, b, c = (_register(contacts, name) for name in "ABC")
    below = _register(contacts, "Below", parent_id=a["id"])

    def refused(survivor: Any, merged: Any, **versions: int) -> list[tuple[str, str]]:
        return contacts.refused("merge_partners", survivor_id=survivor, merged_id=merged, **versions)

    nobody = new_id(PARTNER)
    assert refused(a["id"], a["id"]) == [("SAME_PARTNER", "merged")]
    assert sorted(refused(nobody, new_id(PARTNER))) == [("NOT_FOUND", "merged"), ("NOT_FOUND", "survivor")]
    assert refused(below["id"], a["id"]) == [("PARTNER_WITHIN_ITSELF", "merged")]
    assert refused(a["id"], b["id"], expected_version=9) == [("CONFLICT", "expectedVersion")]
    assert refused(a["id"], b["id"], expected_merged_version=9) == [("CONFLICT", "expectedMergedVersion")]
    _merge(contacts, a, b)
    assert refused(c["id"], b["id"]) == [("PARTNER_MERGED", "merged")]
    assert refused(b["id"], c["id"]) == [("PARTNER_MERGED", "survivor")]
    assert contacts.refused("unmerge_partner", partner_id=c["id"]) == [("NOT_MERGED", "partner")]
    assert contacts.refused("unmerge_partner", partner_id=nobody) == [("NOT_FOUND", "partner")]
    assert contacts.refused("unmerge_partner", partner_id=b["id"], expected_version=1) == [
        ("CONFLICT", "expectedVersion")
    ]
    contacts.ask("merge_partners", survivor_id=a["id"], merged_id=below["id"])


def test_a_ring_through_a_merged_head_office_is_refused(contacts: Contacts) -> None:
    head, gone = _register(contacts, "Head"), _register(contacts, "Gone")
    branch = _register(contacts, "Branch", parent_id=gone["id"])
    _merge(contacts, head, gone)
    assert contacts.refused("change_partner", partner_id=head["id"], parent_id=branch["id"]) == [
        ("PARTNER_WITHIN_ITSELF", "parent")
    ]


@pytest.mark.parametrize(
    ("command", "payload"),
    [
        ("change_partner", {"name": "X"}),
        ("register_interest", {"text": "pipes"}),
        ("add_contact_point", PHONE),
        ("register_contact_person", {"full_name": "Ann"}),
    ],
)
def test_who_changes_a_merged_partner_is_told_which_one_to_change(
    contacts: Contacts, command: str, payload: dict[str, Any]
) -> None:
    kept, gone = _register(contacts), _register(contacts)
    _merge(contacts, kept, gone)
    assert contacts.refused(command, partner_id=gone["id"], **payload) == [("PARTNER_MERGED", "partner")]


def test_what_only_refers_to_a_merged_partner_is_seen_with_the_survivor(contacts: Contacts) -> None:
    kept, gone = _register(contacts), _register(contacts)
    _merge(contacts, kept, gone)
    contacts.ask(
        "register_interaction", kind="NOTE", text="x", partner_ids=[gone["id"]], started_at="2026-01-05T10:00:00Z"
    )
    both = [kept["id"], gone["id"]]
    contacts.ask("register_interaction", kind="NOTE", text="y", partner_ids=both, started_at="2026-01-05T10:00:00Z")
    (page,) = contacts.ask("interactions_of", thing_ids=[kept["id"]], page={"total": True})["pages"]
    assert (len(page["nodes"]), page["total"]) == (2, 2)
    contacts.hear("deal.won", new_id(DEAL), partner_id=gone["id"])
    assert _get(contacts, kept)[0]["roles"] == ["CLIENT"]


def test_reminders_about_a_merged_partner_are_found_under_the_survivor(contacts: Contacts) -> None:
    ann = contacts.ask("register_manager", name="Ann")["id"]
    kept, gone = _register(contacts), _register(contacts)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    contacts.ask("set_reminder", manager_id=ann, partner_id=gone["id"], at=tomorrow.isoformat(), note="call")
    assert contacts.ask("list_reminders", filter={"partner_ids": [kept["id"]]})["nodes"] == []
    _merge(contacts, kept, gone)
    (reminder,) = contacts.ask("list_reminders", filter={"partner_ids": [kept["id"]]})["nodes"]
    assert reminder["note"] == "call"
    assert contacts.refused("change_partner", partner_id=gone["id"], name="X") == [("PARTNER_MERGED", "partner")]


def test_segments_and_preferences_of_both_are_shown_once(contacts: Contacts) -> None:
    kept, gone = _register(contacts), _register(contacts)
    head = contacts.as_actor(replace(contacts.actor, scopes=contacts.actor.scopes | {"lists"}))
    segment = head.ask("register_segment", name="Key clients", partner_ids=[kept["id"], gone["id"]])
    contacts.ask(
        "register_preference",
        partner_id=gone["id"],
        kind="CATEGORY",
        value="pipes",
        valid_from="2026-01-01",
        weight="1",
    )
    _merge(contacts, kept, gone)
    asked = {"partner_ids": [kept["id"], gone["id"]]}
    for shown in contacts.ask("segments_of_partners", **asked)["segments"]:
        assert [one["id"] for one in shown] == [segment["id"]]
    for shown in contacts.ask("preferences_of_partners", **asked)["preferences"]:
        assert [one["value"] for one in shown] == ["pipes"]
    (members,) = contacts.ask("members_of_segments", segment_ids=[segment["id"]])["pages"]
    assert [one["id"] for one in members["nodes"]] == [kept["id"]]
    listed = contacts.ask("list_partners", filter={"segment_ids": [segment["id"]]})["nodes"]
    assert [one["id"] for one in listed] == [kept["id"]]


def test_contact_points_and_links_of_a_merged_partner_are_changed_with_the_survivor(contacts: Contacts) -> None:
    kept = _register(contacts, contact_points=[PHONE])
    gone = _register(
        contacts,
        contact_points=[{"kind": "PHONE", "value": "+1 212 555 0199"}, EMAIL],
        contact_persons=[{"full_name": "Ann"}],
        legal_entities=[ENTITY],
    )
    version = _merge(contacts, kept, gone)["version"]
    phone, mail = gone["contact_points"]
    ended = {"contact_point_id": mail["id"], "expected_version": version}
    contacts.ask("end_contact_point", **ended)
    assert contacts.refused("set_primary_contact_point", **{**ended, "contact_point_id": phone["id"]}) == [
        ("CONFLICT", "expectedVersion")
    ]
    contacts.ask("set_primary_contact_point", contact_point_id=phone["id"])
    contacts.ask("unlink_contact_person", partner_id=kept["id"], contact_person_id=gone["contact_persons"][0]["id"])
    contacts.ask("unlink_legal_entity", partner_id=kept["id"], legal_entity_id=gone["legal_entities"][0]["id"])
    (now,) = _get(contacts, kept)
    assert [(point["value"], point["primary"]) for point in now["contact_points"]] == [
        ("+12125550123", False),
        ("+12125550199", True),
    ]
    assert (now["contact_persons"], now["legal_entities"]) == ([], [])
    assert sorted(
        contacts.refused("change_partner", partner_id=kept["id"], contact_points=[PHONE], contact_persons=[])
    ) == [("UNITED_LIST", "contactPersons"), ("UNITED_LIST", "contactPoints")]


def test_a_merged_partner_is_in_reach_of_whoever_sees_the_survivor(contacts: Contacts) -> None:
    ann, bob = (UUID(contacts.ask("register_manager", name=name)["id"]) for name in ("Ann", "Bob"))
    kept = _register(contacts, manager_id=ann)
    gone = _register(contacts, manager_id=bob, contact_persons=[{"full_name": "Lee"}])
    for_ann, for_bob = (
        contacts.as_actor(
            Actor(subject="m", role="manager", reach="own", member_id=id, scopes=frozenset({"read", "write"}))
        )
        for id in (ann, bob)
    )
    assert for_ann.refused("merge_partners", survivor_id=kept["id"], merged_id=gone["id"]) == [("NOT_FOUND", "merged")]
    _merge(contacts, kept, gone)
    person = gone["contact_persons"][0]["id"]
    assert _get(for_ann, gone)[0]["id"] == kept["id"]
    assert for_ann.ask("contact_persons_by_ids", ids=[person])["nodes"] != [None]
    assert _get(for_bob, gone) == [None]
    assert for_bob.ask("contact_persons_by_ids", ids=[person])["nodes"] == [None]
    assert for_bob.refused("unmerge_partner", partner_id=gone["id"]) == [("NOT_FOUND", "partner")]
    for_ann.ask("unmerge_partner", partner_id=gone["id"])
    assert _get(for_bob, gone)[0]["id"] == gone["id"]


def test_a_preview_says_what_would_come_of_it_and_changes_nothing(contacts: Contacts) -> None:
    kept = _register(contacts, contact_points=[PHONE], source="site")
    gone = _register(
        contacts,
        "Acme Ltd",
        roles=["SUPPLIER"],
        source="fair",
        interest="pipes",
        contact_points=[{"kind": "PHONE", "value": "+1 212 555 0199"}, EMAIL],
        contact_persons=[{"full_name": "Ann"}],
        interaction={"kind": "CALL"},
    )
    contacts.hear("deal.opened", new_id(DEAL), deal_id=str(uuid4()), partner_id=gone["id"])
    before = contacts.rows()
    preview = contacts.ask("merge_preview", survivor_id=kept["id"], merged_id=gone["id"])
    assert contacts.rows() == before
    assert preview["taken_over"] == [
        {"field": "interest", "value": "pipes"},
        {"field": "roles", "value": "SUPPLIER"},
    ]
    assert preview["conflicts"] == [
        {"field": "name", "survivor": "Acme", "merged": "Acme Ltd"},
        {"field": "source", "survivor": "site", "merged": "fair"},
        {"field": "primary PHONE", "survivor": "+1 212 555 0123", "merged": "+1 212 555 0199"},
    ]
    assert preview["counts"] == {
        "contact_points": 2, "contact_persons": 1, "legal_entities": 0, "interactions": 1, "interests": 1,
        "reminders": 0, "branches": 0, "deals": 1, "claims": 0,
    }  # fmt: skip
