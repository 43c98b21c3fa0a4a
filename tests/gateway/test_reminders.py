"""Reminders through the gateway."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.store.timers import Timers
from services.contacts.service import ContactsService
from services.contacts.storage.tables import reminders as table
from tests.gateway.system import System
from tests.gateway.web.test_streams import Stream

IN_AN_HOUR = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
SHOWN = "reminder { id state due note minutesBefore recurrence timeZone manager { name } about { __typename id } }"


def manager(system: System, name: str, **more: Any) -> str:
    """Register a manager and give their id."""
    return str(system.do("registerManager", "manager { id }", name=name, **more)["manager"]["id"])


def deal(system: System) -> str:
    """Open a deal and give its id."""
    payload = system.do("openDeal", "deal { id }", process=system.processes["manual_sale"], title="Pipes")
    return str(payload["deal"]["id"])


def test_a_reminder_of_a_deal_recurs_by_the_clock_of_its_recipient(system: System) -> None:
    ann, pipes = manager(system, "Ann", timeZone="Europe/Berlin"), deal(system)
    rule = "FREQ=WEEKLY;BYDAY=MO"
    payload = system.do("setReminder", SHOWN, manager=ann, deal=pipes, at=IN_AN_HOUR, recurrence=rule, note="Call")
    assert payload["errors"] == []
    reminder = payload["reminder"]
    assert (reminder["recurrence"], reminder["timeZone"], reminder["note"]) == (rule, "Europe/Berlin", "Call")
    assert reminder["about"] == {"__typename": "Deal", "id": pipes}
    listed = system.ask(
        "query($f: ReminderFilter) { reminders(filter: $f) { totalCount nodes { id manager { name } } } }",
        f={"deals": [pipes], "managers": [ann]},
    )["reminders"]
    assert listed == {"totalCount": 1, "nodes": [{"id": reminder["id"], "manager": {"name": "Ann"}}]}
    assert system.ask("query($id: ID!) { node(id: $id) { __typename } }", id=reminder["id"])["node"] == {
        "__typename": "Reminder"
    }


def test_a_manager_hears_a_reminder_as_it_comes_due_and_others_do_not(system: System) -> None:
    ann, bob, pipes = manager(system, "Ann"), manager(system, "Bob"), deal(system)
    query = "subscription { reminderDue { id due about { id } } }"
    anns = Stream(system, query, role="manager", member=ann).begin()
    bobs = Stream(system, query, role="manager", member=bob).begin()
    reminders = [
        system.do("setReminder", SHOWN, manager=one, deal=pipes, at=IN_AN_HOUR)["reminder"]["id"] for one in (bob, ann)
    ]
    database = system.databases["contacts"]
    timers = database.tables.timers
    with database.transaction() as tx:  # the hour has passed
        tx.connection.execute(timers.update().where(timers.c.name == "reminder.due").values(due_at=tx.now))
        tx.connection.execute(table.update().values(next_at=tx.now))
    while Timers(database, ContactsService.db.timers).fire_next():
        pass
    system.settle()
    assert anns.next()["data"]["reminderDue"] == {"id": reminders[1], "due": True, "about": {"id": pipes}}
    assert bobs.next()["data"]["reminderDue"]["id"] == reminders[0]
    anns.close()
    bobs.close()
    done = system.do("dismissReminder", SHOWN, role="manager", member=ann, reminder=reminders[1])["reminder"]
    assert (done["state"], done["due"]) == ("ENDED", False)


def test_a_plan_brings_its_reminders(system: System) -> None:
    ann, pipes = manager(system, "Ann"), deal(system)
    start = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    interaction = system.do(
        "planInteraction", "interaction { id }", kind="MEETING", deals=[pipes], managers=[ann], startsAt=start,
        reminders=[{"minutesBefore": 30}],
    )["interaction"]["id"]  # fmt: skip
    (reminder,) = system.ask(
        "query($f: ReminderFilter) { reminders(filter: $f) { nodes { minutesBefore about { id } manager { id } } } }",
        f={"interactions": [interaction]},
    )["reminders"]["nodes"]
    assert reminder == {"minutesBefore": 30, "about": {"id": interaction}, "manager": {"id": ann}}


def test_what_cannot_be_reminded_of_is_told(system: System) -> None:
    ann = manager(system, "Ann")
    payload = system.do("setReminder", SHOWN, manager=ann, at="2020-01-01T00:00:00Z", recurrence="FREQ=DAILY;COUNT=1")
    assert [(e["code"], e["field"]) for e in payload["errors"]] == [("REMIND_IN_PAST", ["at"])]
    payload = system.do("setReminder", SHOWN, manager=ann, at=IN_AN_HOUR, deal=ann)
    assert [(e["code"], e["field"]) for e in payload["errors"]] == [("WRONG_KIND", ["deal"])]
