"""Calendar feeds: what common calendars read, under an address that can be revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import vobject
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from chassis.errors import Unavailable
from tests.gateway.system import System

START = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=3)


def opened(system: System, **who: Any) -> tuple[str, str, str]:
    """Register a manager and open their feed; give the manager's id, the feed's and the path."""
    manager = system.do("registerManager", "manager { id }", name="Ann", timeZone="Europe/Berlin")["manager"]["id"]
    payload = system.do("openCalendarFeed", "feed { id revokedAt } path", manager=manager, **who)
    return manager, payload["feed"]["id"], payload["path"]


def read(system: System, path: str) -> Response:
    """Read a feed as a calendar does: without a token."""
    secret = path.removeprefix("/calendars/").removesuffix(".ics")
    return system.app.calendar(Request(EnvironBuilder(path=path).get_environ()), secret)


def test_another_library_reads_what_was_planned(system: System) -> None:
    manager, _, path = opened(system)
    partner = system.do("registerPartner", "partner { id }", name="Müller, Söhne; & Co", roles=["CLIENT"])["partner"][
        "id"
    ]
    planned: dict[str, Any] = {"managers": [manager], "partners": [partner]}
    meeting = system.do(
        "planInteraction", "interaction { id }", kind="MEETING", title="Prices", text="Bring\nthe list",
        startsAt=START.isoformat(), endsAt=(START + timedelta(hours=1)).isoformat(),
        reminders=[{"minutesBefore": 15}], **planned,
    )["interaction"]["id"]  # fmt: skip
    day = START.date()
    system.do("planInteraction", "interaction { id }", kind="CALL", startsOn=day.isoformat(), **planned)
    cancelled = system.do(
        "planInteraction", "interaction { id }", kind="CALL", startsAt=START.isoformat(), **planned
    )["interaction"]["id"]  # fmt: skip
    system.do("cancelInteraction", "interaction { id }", interaction=cancelled)

    response = read(system, path)
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    calendar = vobject.readOne(response.get_data(as_text=True))
    events = {event.uid.value: event for event in calendar.vevent_list}
    assert events[meeting].summary.value == "Prices: Müller, Söhne; & Co"
    assert events[meeting].description.value == "Bring\nthe list"
    assert events[meeting].dtstart.value.astimezone(UTC) == START
    assert events[meeting].dtend.value - events[meeting].dtstart.value == timedelta(hours=1)
    assert events[meeting].valarm.trigger.value == -timedelta(minutes=15)
    assert events[cancelled].status.value == "CANCELLED"
    whole_days = [event.dtstart.value for event in events.values() if not isinstance(event.dtstart.value, datetime)]
    assert whole_days == [day]


def test_a_series_goes_on_in_the_calendar_as_it_does_here(system: System) -> None:
    manager, _, path = opened(system)
    partner = system.do("registerPartner", "partner { id }", name="Acme", roles=["CLIENT"])["partner"]["id"]
    system.do(
        "planInteraction", "interaction { id }", kind="CALL", managers=[manager], partners=[partner],
        startsAt=START.isoformat(), timeZone="Europe/Berlin", recurrence="FREQ=WEEKLY;COUNT=4",
    )  # fmt: skip
    calendar = vobject.readOne(read(system, path).get_data(as_text=True))
    dates = list(calendar.vevent.getrruleset(addRDate=True))
    assert len(dates) == 4
    assert dates[1] - dates[0] == timedelta(days=7)


def test_others_plans_are_not_in_it(system: System) -> None:
    _, _, path = opened(system)
    other = system.do("registerManager", "manager { id }", name="Bob")["manager"]["id"]
    partner = system.do("registerPartner", "partner { id }", name="Acme", roles=["CLIENT"])["partner"]["id"]
    system.do(
        "planInteraction", "interaction { id }", kind="CALL", startsAt=START.isoformat(), managers=[other],
        partners=[partner],
    )  # fmt: skip
    assert "VEVENT" not in read(system, path).get_data(as_text=True)


def test_a_revoked_feed_and_a_guessed_one_are_not_there(system: System) -> None:
    _, feed, path = opened(system)
    assert system.do("revokeCalendarFeed", "feed { revokedAt }", feed=feed)["feed"]["revokedAt"] is not None
    assert read(system, path).status_code == 404
    assert read(system, "/calendars/guessed.ics").status_code == 404
    assert read(system, f"/calendars/{'x' * 5000}.ics").status_code == 404
    again = system.do("revokeCalendarFeed", "feed { id }", feed=feed)
    assert [(e["code"], e["field"]) for e in again["errors"]] == [("ALREADY_REVOKED", ["feed"])]


def test_nobody_opens_the_calendar_of_another(system: System) -> None:
    ann, feed, _ = opened(system)
    bob = system.do("registerManager", "manager { id }", name="Bob")["manager"]["id"]
    payload = system.do("openCalendarFeed", "path", role="manager", member=bob, manager=ann)
    assert [(e["code"], e["field"]) for e in payload["errors"]] == [("NOT_FOUND", ["manager"])]
    payload = system.do("revokeCalendarFeed", "feed { id }", role="manager", member=bob, feed=feed)
    assert [(e["code"], e["field"]) for e in payload["errors"]] == [("NOT_FOUND", ["feed"])]


def test_a_service_that_is_down_is_told(system: System) -> None:
    _, _, path = opened(system)
    system.down["contacts"] = Unavailable("down")
    assert read(system, path).status_code == 503
