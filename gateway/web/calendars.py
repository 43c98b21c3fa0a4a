"""iCalendar (RFC 5545): what a manager has planned, for the calendars that people have already."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Todo, vRecur
from werkzeug.wrappers import Response

from chassis.wire import Json

_PRODUCT = "-//Trade CRM//Calendar//EN"
_KINDS = {"CALL": "Call", "MEETING": "Meeting", "EMAIL": "E-mail", "MESSAGE": "Message", "NOTE": "Note"}
_REFRESH = timedelta(minutes=15)


def calendar_of(feed: Json) -> bytes:
    """Write a feed as a calendar: planned interactions as events with their alarms, promises in deals as things to do."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", feed["manager"])
    calendar.add("x-wr-timezone", feed["time_zone"])
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for interaction in feed["interactions"]:
        calendar.add_component(_event(interaction))
    for commitment in feed["commitments"]:
        calendar.add_component(_todo(commitment, feed["time_zone"]))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def calendar_response(feed: Json) -> Response:
    """Answer with a calendar, which is nobody else's to keep."""
    response = Response(calendar_of(feed), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response


def _event(interaction: Json) -> Event:
    event = Event()
    event.add("uid", interaction["id"])
    event.add("sequence", interaction["version"])
    event.add("dtstamp", _instant(interaction["recorded_at"]))
    zone = ZoneInfo(interaction["time_zone"])
    start, end = (_instant(interaction[name]).astimezone(zone) for name in ("start", "end"))
    event.add("dtstart", start.date() if interaction["all_day"] else start)
    event.add("dtend", end.date() if interaction["all_day"] else end)
    if interaction["recurrence"]:
        event.add("rrule", vRecur.from_ical(interaction["recurrence"]))
    event.add("summary", _summary(interaction))
    if interaction["text"]:
        event.add("description", interaction["text"])
    event.add("status", "CANCELLED" if interaction["cancelled"] else "CONFIRMED")
    for minutes in interaction["minutes_before"]:
        event.add_component(_alarm(minutes, _summary(interaction)))
    return event


def _summary(interaction: Json) -> str:
    title = interaction["title"] or _KINDS[interaction["kind"]]
    partners = ", ".join(interaction["partners"])
    return f"{title}: {partners}" if partners else title


def _alarm(minutes: int, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -timedelta(minutes=minutes))
    return alarm


def _todo(commitment: Json, time_zone: str) -> Todo:
    todo = Todo()
    todo.add("uid", commitment["id"])
    todo.add("sequence", commitment["version"])
    due = _instant(commitment["due_at"])
    todo.add("dtstamp", due)
    todo.add("due", due.astimezone(ZoneInfo(time_zone)))
    todo.add("summary", "To do in a deal" if commitment["deal_id"] else "To do")
    todo.add("status", "NEEDS-ACTION")
    return todo


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
