"""An erased person is nowhere any more: every table of every service is searched for what named them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.bus.envelope import Message
from chassis.clock import utc_now
from chassis.settings import Settings
from chassis.store.database import Database
from chassis.store.inbox import Inbox
from crm.system import SERVICES, metadata_of
from tests.gateway.system import System
from tests.support.databases import OpenDatabase

NAME, FORMER, BY_NAME = "Аннабель Грэхем", "Annabel Graham-Stone", "Аннушка"
MAIL, PHONE, HANDLE, NOTES = "annabel@graham.example", "2125550187", "annabel_graham", "prefers green tea"
TRACES = (NAME, FORMER, BY_NAME, MAIL, PHONE, HANDLE, NOTES, "1980-02-29", "Head of green tea")
REF = {"system": "old-crm", "id": MAIL}


@pytest.fixture
def databases(open_database: OpenDatabase) -> dict[str, Database]:
    """The databases of all services, on each backend."""
    return {name: open_database(name, metadata_of(name)) for name in SERVICES}


@pytest.fixture
def system(databases: dict[str, Database], settings: Settings) -> System:
    """The gateway over them."""
    return System(settings, databases)


def test_nothing_is_left_of_an_erased_person(system: System, databases: dict[str, Database]) -> None:
    person = _everywhere(system)
    found = {trace for name in SERVICES for trace in _traces_in(databases[name])}
    assert found == set(TRACES)  # the search finds what is there
    erased = system.do("erasePerson", "contactPerson { fullName erasedAt }", person=person, reason=f"{NAME} asked")
    assert erased["errors"] == []
    assert erased["contactPerson"]["fullName"] == "[erased]"
    assert {name: _traces_in(database) for name, database in databases.items()} == {name: set() for name in SERVICES}
    again = system.do("erasePerson", "contactPerson { id }", person=person, reason="again")
    assert [(error["code"], error["field"]) for error in again["errors"]] == [("PERSON_ERASED", ["person"])]


def test_facts_about_an_erased_person_can_still_be_counted(system: System) -> None:
    person = _everywhere(system)
    query = """query($id: ID!) { contactPerson(id: $id) { id links { role } changes { totalCount }
      interactions { totalCount nodes { at kind state } } timeline { totalCount nodes { kind occurredAt } } } }"""
    before = system.ask(query, id=person)["contactPerson"]
    system.do("erasePerson", "contactPerson { id }", person=person, reason="asked for it")
    after = system.ask(query, id=person)["contactPerson"]
    assert after == {**before, "changes": {"totalCount": before["changes"]["totalCount"] + 1}}


def test_who_may_see_all_that_is_held(system: System) -> None:
    person = _everywhere(system)
    query = "query($id: ID!) { personalData(person: $id) }"
    data = system.ask(query, role="privacy_officer", id=person)["personalData"]
    assert data["person"]["fullName"] == NAME
    assert {point["kind"] for point in data["contactPoints"]} == {"PHONE", "EMAIL", "MESSENGER"}
    assert data["worksFor"][0]["jobTitle"] == "Head of green tea"
    assert [one["title"] for one in data["interactions"]] == [f"Call with {NAME}"]
    assert [one["after"]["value"] for one in data["contactPointHistory"]][:1] == [f"+1{PHONE}"]
    written = {(text["what"], text["field"]) for text in (*data["deals"], *data["claims"])}
    assert written >= {("deals", "title"), ("tasks", "description"), ("claims", "subject"), ("changes", "new")}
    for role in ("manager", "head_of_sales", "integration"):
        answer = system.answer(query, role=role, id=person)
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]
        refused = system.answer(
            'mutation($id: ID!) { erasePerson(input: {person: $id, reason: "x"}) { errors { code } } }',
            role=role,
            id=person,
        )
        assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]
    partner = system.do("registerPartner", "partner { id }", name="Bolt")["partner"]["id"]
    (error,) = system.answer(query, id=partner)["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    wrong = system.do("erasePerson", "contactPerson { id }", person=partner, reason="x")
    assert [(one["code"], one["field"]) for one in wrong["errors"]] == [("WRONG_KIND", ["person"])]


def _everywhere(system: System) -> str:
    """Put a person into every place that holds something of persons, and give the id."""
    point = {"kind": "PHONE", "value": f"+1{PHONE}"}
    partner = system.do(
        "registerPartner",
        "partner { id contactPersons { id } }",
        name="Acme",
        interest=f"{FORMER} wants chairs",
        contactPersons=[{"fullName": FORMER, "jobTitle": "Head of green tea", "contactPoints": [point]}],
        idempotencyKey="first contact",
    )["partner"]
    (person,) = (one["id"] for one in partner["contactPersons"])
    facts = {"fullName": NAME, "birthday": "1980-02-29", "notes": NOTES, "timeZone": "Europe/Moscow"}
    system.do("changeContactPerson", "contactPerson { id }", contactPerson=person, idempotencyKey="more", **facts)
    for given in ({"kind": "EMAIL", "value": MAIL}, {"kind": "MESSENGER", "messenger": "TELEGRAM", "value": HANDLE}):
        system.do("addContactPoint", "contactPoint { id }", contactPerson=person, **given)
    persons: list[dict[str, Any]] = [{"fullName": NAME, "jobTitle": "Head of green tea"}, {"fullName": "Bob"}]
    system.do("changePartner", "partner { id }", partner=partner["id"], contactPersons=persons)
    text = f"{BY_NAME} said: call {PHONE} or write to {MAIL}"
    said = system.do(
        "registerInteraction",
        "interaction { id mentions { person { fullName } start end } }",
        kind="CALL",
        persons=[person],
        title=f"Call with {NAME}",
        text=text,
        mentions=[{"person": person, "start": 0, "end": len(BY_NAME)}],
        idempotencyKey="a call",
    )
    assert said["interaction"]["mentions"] == [{"person": {"fullName": NAME}, "start": 0, "end": len(BY_NAME)}]
    manager = system.do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    tomorrow = (utc_now() + timedelta(days=1)).isoformat()
    about = {"manager": manager, "interaction": said["interaction"]["id"], "at": tomorrow, "note": f"ring {MAIL}"}
    assert system.do("setReminder", "reminder { id }", **about)["errors"] == []
    process = system.processes["manual_sale"]
    title = f"Chairs for {NAME} {person}"
    deal = system.do("openDeal", "deal { id }", process=process, title=title, partner=partner["id"])["deal"]["id"]
    system.do("changeDeal", "deal { id }", deal=deal, title="Chairs")
    _in_words(system, deal, partner["id"])
    for name, database in system.databases.items():
        body = json.dumps({"person_id": person, "text": f"{NAME} called"}, ensure_ascii=False)
        Inbox(database, {}).receive([Message(headers={"source": name}, body=body.encode())])
    return str(person)


def _in_words(system: System, deal: str, partner: str) -> None:
    """Name the person in what is written of deals and claims, where nobody marks them."""
    name = f"for {NAME}"
    done = [
        system.do("changeDeal", "deal { id }", deal=deal, title=f"Chairs {name}, tel. 212 555-0187"),
        system.do("holdDeal", "deal { id }", deal=deal, reason=f"{NAME} is away"),
        system.do("addTask", "task { id }", deal=deal, title=name, description=f"write to {MAIL}"),
        system.do(
            "registerClaim", "claim { id }", partner=partner, cause="GOODS", subject=name, description=f"{NAME} called"
        ),
    ]
    claim = done[-1]["claim"]["id"]
    done.append(system.do("resolveClaim", "claim { id }", claim=claim, resolution=f"called {NAME}"))
    assert [one["errors"] for one in done] == [[]] * len(done)


def _traces_in(database: Database) -> set[str]:
    """Search a database: the bytes of its files, or the text of every row."""
    if database.is_sqlite:
        file = Path(database.engine.url.database or "")
        held = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
    else:
        held = b"\n".join(_cells(database))
    return {trace for trace in TRACES if any(spelled in held for spelled in _spellings(trace))}


def _cells(database: Database) -> list[bytes]:
    found = []
    with database.reading() as reading:
        names = sa.inspect(reading.connection).get_table_names()
        for name in names:
            for row in reading.connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                found += [bytes(v) if isinstance(v, memoryview | bytes) else _plain(v) for v in row]
    return found


def _plain(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)).encode()


def _spellings(trace: str) -> set[bytes]:
    """Give the bytes of a text, as it is and within JSON, and folded as names are searched by."""
    return {spelled.encode() for text in (trace, trace.casefold()) for spelled in (text, json.dumps(text)[1:-1])}
