"""Taking partners over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.contacts.conftest import Contacts
from tests.services.contacts.reactions.test_make_client import deal_won

PHONE = {"kind": "PHONE", "value": "(212) 555-0123"}
ANN = {"system": "hr", "id": "1"}


def test_partners_come_with_their_manager_and_date(contacts: Contacts) -> None:
    (ann,) = contacts.ask("import_managers", rows=[{"external_ref": ANN, "name": "Ann"}])["results"]
    row = _row("1", "Acme", manager_ref=ANN, contact_points=[PHONE], source="fair", occurred_at="2017-03-01T00:00:00Z")
    (result,) = contacts.ask("import_partners", rows=[row])["results"]
    (partner,) = contacts.ask("partners_by_ids", ids=[result["id"]])["nodes"]
    assert (result["status"], partner["manager_id"], partner["source"]) == ("CREATED", ann["id"], "fair")
    assert partner["registered_at"] == "2017-03-01T00:00:00Z"
    assert partner["contact_points"][0]["value"] == "+12125550123"
    assert contacts.told()[-1][1]["occurred_at"] == "2017-03-01T00:00:00Z"


def test_again_changes_nothing_even_for_who_became_a_client(contacts: Contacts) -> None:
    rows = [_row("1", "Acme", roles=["PROSPECT"], contact_points=[PHONE]), _row("2", "Bolt", roles=["COMPETITOR"])]
    first = contacts.ask("import_partners", rows=rows)["results"]
    deal_won(contacts, UUID(first[0]["id"]))
    before, told = contacts.ask("list_partners"), contacts.told()
    again = contacts.ask("import_partners", rows=rows)["results"]
    assert [(r["status"], r["id"]) for r in again] == [("UNCHANGED", r["id"]) for r in first]
    assert (contacts.ask("list_partners"), contacts.told()) == (before, told)


def test_new_facts_are_added(contacts: Contacts) -> None:
    contacts.ask("import_partners", rows=[_row("1", "Acme", contact_points=[PHONE], source="fair")])
    row = _row("1", "Acme Corp", roles=["SUPPLIER"], contact_points=[{"kind": "EMAIL", "value": "a@acme.com"}])
    assert contacts.ask("import_partners", rows=[row])["results"][0]["status"] == "UPDATED"
    (partner,) = contacts.ask("list_partners")["nodes"]
    assert (partner["name"], partner["roles"], partner["version"]) == ("Acme Corp", ["PROSPECT", "SUPPLIER"], 2)
    assert (partner["source"], len(partner["contact_points"])) == ("fair", 2)
    assert contacts.told()[-1][1]["changed"] == ["name", "roles", "contact_points"]
    (changes,) = contacts.ask("changes_of", thing_ids=[partner["id"]])["pages"]
    assert {(one["field"], one["version"]) for one in changes["nodes"]} == {
        ("name", 2),
        ("roles", 2),
        ("contactPoints", 2),
    }
    (history,) = contacts.ask("contact_point_history", ids=[partner["id"]])["pages"]
    assert [(one["action"], one["after"]["value"]) for one in history["nodes"]] == [
        ("ADDED", "a@acme.com"),
        ("ADDED", "+12125550123"),
    ]


def test_a_bad_row_hinders_no_other(contacts: Contacts) -> None:
    rows = [
        _row("1", "Acme", manager_ref={"system": "hr", "id": "nobody"}),
        _row("2", "Bolt", contact_points=[{"kind": "PHONE", "value": "1"}]),
        _row("3", "Core", occurred_at="2999-01-01T00:00:00Z"),
        _row("4", "Dart", roles=[]),
        _row("5", "Echo\x00"),
        _row("6", "Fern", contact_points=[PHONE]),
        _row("6", "Fern", contact_points=[{**PHONE, "value": "(212) 555-0124"}]),
    ]
    results = contacts.ask("import_partners", rows=rows)["results"]
    assert [r["problems"][0]["code"] for r in results[:5]] == [
        "NOT_FOUND",
        "INVALID_PHONE",
        "OCCURRED_IN_FUTURE",
        "REQUIRED",
        "INVALID",
    ]
    assert results[1]["problems"][0]["field"] == ["contactPoints", "0", "value"]
    assert [r["status"] for r in results[5:]] == ["CREATED", "UPDATED"]
    (fern,) = contacts.ask("list_partners")["nodes"]
    assert len(fern["contact_points"]) == 2
    assert contacts.told_types() == ["partner.registered", "partner.changed"]


def test_the_largest_batch_goes_in_and_a_second_time_changes_nothing(contacts: Contacts) -> None:
    rows = [_row(str(n), f"Partner {n}", contact_points=[PHONE], source="list") for n in range(500)]
    for expected in ("CREATED", "UNCHANGED"):
        results = contacts.ask("import_partners", rows=rows)["results"]
        assert {r["status"] for r in results} == {expected}


names = st.sampled_from(["Acme", "Bolt", ""])
rows_of_partners = st.lists(
    st.builds(
        lambda id, name, roles, phones: _row(
            id, name, roles=roles, contact_points=[{**PHONE, "value": f"+1212555012{n}"} for n in phones]
        ),
        st.sampled_from("123"),
        names,
        st.none() | st.lists(st.sampled_from(["PROSPECT", "CLIENT", "SUPPLIER"]), max_size=2),
        st.lists(st.integers(0, 3), max_size=2),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows_of_partners)
def test_events_count_the_versions_that_are_kept(contacts: Contacts, rows: list[dict[str, Any]]) -> None:
    contacts.ask("import_partners", rows=rows)
    sequences: dict[str, list[int]] = {}
    for _, data in contacts.told():
        sequences.setdefault(data["partner_id"], []).append(data["sequence"])
    versions = {p["id"]: p["version"] for p in contacts.ask("list_partners")["nodes"]}
    assert sequences == {id: list(range(1, version + 1)) for id, version in versions.items()}


def _row(id: str, name: str, **rest: Any) -> dict[str, Any]:
    return {"external_ref": {"system": "old", "id": id}, "name": name, **rest}
