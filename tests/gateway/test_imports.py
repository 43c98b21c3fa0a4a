"""Bulk imports through the gateway."""

from __future__ import annotations

from typing import Any

from chassis.ids import new_id
from tests.gateway.system import System

RESULTS = "results { status id errors { field code message } }"


def ref(id: str) -> dict[str, str]:
    return {"system": "old", "id": id}


def deal(id: str, **more: Any) -> dict[str, Any]:
    row = {
        "externalRef": ref(id),
        "processKey": "manual_sale",
        "title": f"Deal {id}",
        "createdAt": "2017-01-01T00:00:00Z",
    }
    return {**row, **more}


def statuses(payload: Any) -> list[str]:
    assert payload["errors"] == []
    return [result["status"] for result in payload["results"]]


def test_import_of_all_three_and_again(system: System) -> None:
    managers = [
        {"externalRef": ref("m1"), "name": "Ann", "team": "North"},
        {"externalRef": ref("m2"), "name": "Bob", "team": "North"},
    ]
    partners = [
        {"externalRef": ref("p1"), "name": "Acme", "managerRef": ref("m1"), "source": "fair", "roles": ["CLIENT"]}
    ]
    deals = [
        deal("d1", partnerRef=ref("p1"), managerRef=ref("m2"), amount={"amount": "10", "currency": "USD"}, products=["M8"],
             outcome={"outcome": "WON", "at": "2017-03-01T00:00:00Z"}),
        deal("d2", managerRef=ref("m1"), outcome={"outcome": "LOST", "at": "2017-02-01T00:00:00Z", "reason": "unknown"}),
        deal("d3", transitions=[]),
    ]  # fmt: skip
    for expected in ("CREATED", "UNCHANGED"):
        assert statuses(system.do("importManagers", RESULTS, rows=managers)) == [expected] * 2
        assert statuses(system.do("importPartners", RESULTS, rows=partners)) == [expected]
        system.asked.clear()
        assert statuses(system.do("importDeals", RESULTS, rows=deals)) == [expected] * 3
        assert system.asked == ["contacts.locate", "deals.import_deals"]
    query = "{ deals(orderBy: NUMBER) { nodes { title outcome partner { name } manager { name team { name } } externalRef { id } closedAt } } }"
    first = system.ask(query)["deals"]["nodes"][0]
    assert first == {
        "title": "Deal d1", "outcome": "WON", "partner": {"name": "Acme"}, "manager": {"name": "Bob", "team": {"name": "North"}},
        "externalRef": {"id": "d1"}, "closedAt": "2017-03-01T00:00:00Z",
    }  # fmt: skip


def test_bad_rows_leave_the_good_ones_and_keep_their_places(system: System) -> None:
    partner = system.do("registerPartner", "partner { id }", name="Acme")["partner"]["id"]
    rows = [
        deal("1", partnerRef=ref("nobody")),
        deal("2", partner=partner),
        deal("3", manager=partner),
        deal("4", partner=str(new_id(0x101))),
        deal("5", processKey="no_such_process"),
        deal(
            "6",
            outcome={
                "outcome": "LOST",
                "at": "2017-02-01T00:00:00Z",
                "reason": "price",
                "competitor": str(new_id(0x101)),
            },
        ),
        deal("7"),
    ]
    results = system.do("importDeals", RESULTS, rows=rows)["results"]
    assert [result["status"] for result in results] == [
        "REFUSED",
        "CREATED",
        "REFUSED",
        "REFUSED",
        "REFUSED",
        "REFUSED",
        "CREATED",
    ]
    named = [(e["code"], e["field"]) for result in results for e in result["errors"]]
    assert named[:3] == [("NOT_FOUND", ["partnerRef"]), ("WRONG_KIND", ["manager"]), ("NOT_FOUND", ["partner"])]
    assert named[-1] == ("NOT_FOUND", ["competitor"])
    assert [bool(result["id"]) for result in results] == [False, True, False, False, False, False, True]


def test_import_is_for_the_import_scope(system: System) -> None:
    answer = system.answer("mutation { importDeals(input: {rows: []}) { results { id } } }", role="head_of_sales")
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_too_many_rows_are_refused_as_a_whole(system: System) -> None:
    payload = system.do("importManagers", RESULTS, rows=[{"externalRef": ref(str(i)), "name": "x"} for i in range(501)])
    assert payload["results"] is None
    assert [e["field"] for e in payload["errors"]] == [["rows"]]


def test_import_of_persons_and_what_was_said_with_them_and_again(system: System) -> None:
    system.do("importManagers", RESULTS, rows=[{"externalRef": ref("m1"), "name": "Ann"}])
    system.do("importPartners", RESULTS, rows=[{"externalRef": ref("p1"), "name": "Acme"}])
    person = {"externalRef": ref("c1"), "fullName": "Pat", "role": "BUYER", "partnerRef": ref("p1")}
    call = {
        "externalRef": ref("i1"), "kind": "CALL", "startedAt": "2017-03-01T09:00:00Z", "title": "Prices",
        "personRefs": [ref("c1")], "managerRef": ref("m1"),
    }  # fmt: skip
    for expected in ("CREATED", "UNCHANGED"):
        assert statuses(system.do("importPersons", RESULTS, rows=[person])) == [expected]
        (result,) = system.do("importInteractions", RESULTS, rows=[call])["results"]
        assert (result["status"], result["errors"]) == (expected, [])
    query = "query($id: ID!) { interaction(id: $id) { title state partners { name } persons { fullName } managers { name } } }"
    assert system.ask(query, id=result["id"])["interaction"] == {
        "title": "Prices", "state": "DONE", "partners": [{"name": "Acme"}], "persons": [{"fullName": "Pat"}],
        "managers": [{"name": "Ann"}],
    }  # fmt: skip


def test_an_id_of_another_kind_costs_its_row_only(system: System) -> None:
    partner = system.do("registerPartner", "partner { id }", name="Acme")["partner"]["id"]
    call = {"kind": "CALL", "startedAt": "2017-03-01T09:00:00Z", "partner": partner}
    rows = [{**call, "externalRef": ref("w1"), "manager": partner}, {**call, "externalRef": ref("w2")}]
    wrong, right = system.do("importInteractions", RESULTS, rows=rows)["results"]
    assert (wrong["status"], wrong["id"], right["status"]) == ("REFUSED", None, "CREATED")
    assert [(e["code"], e["field"]) for e in wrong["errors"]] == [("WRONG_KIND", ["manager"])]
