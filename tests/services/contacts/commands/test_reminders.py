"""Reminders: each tells of an occurrence once, when its moment has come, and of nothing that was moved or ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.actor import Actor
from chassis.ids import new_id
from chassis.store.timers import Timers
from chassis.wire import Json
from services.contacts.domain.kinds import DEAL
from services.contacts.domain.schedule import Schedule
from services.contacts.service import ContactsService
from tests.services.contacts.conftest import Contacts
from tests.services.contacts.moments import Moment, at_moments

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
STEP, TASK = 0x230, 0x231


class Clocked:
    """Contacts at a moment that the test sets; timers fire as the moments pass."""

    def __init__(self, contacts: Contacts, moment: Moment) -> None:
        self.contacts, self._moment = contacts, moment
        self.manager = contacts.ask("register_manager", name="Ann")["id"]
        self._timers = Timers(contacts.database, ContactsService.db.timers)

    @property
    def now(self) -> datetime:
        """The moment."""
        return self._moment.now

    def pass_to(self, moment: datetime) -> list[Json]:
        """Let time pass, firing what comes due at its moment; give what was told."""
        before = len(self.told())
        while (due := self._next()) is not None and due <= moment:
            self._moment.now = max(due, self._moment.now)
            assert self._timers.fire_next()
        self._moment.now = moment
        return self.told()[before:]

    def miss_to(self, moment: datetime) -> list[Json]:
        """Let time pass while nobody is there, and then fire all that came due."""
        before = len(self.told())
        self._moment.now = moment
        while self._timers.fire_next():
            pass
        return self.told()[before:]

    def told(self) -> list[Json]:
        """Give the reminders told so far."""
        return [data for type, data in self.contacts.told() if type == "reminder.due"]

    def set(self, **payload: Any) -> Json:
        """Set a reminder of Ann's."""
        return self.contacts.ask("set_reminder", manager_id=self.manager, **payload)

    def plan(self, start: datetime, **payload: Any) -> Json:
        """Plan a call of Ann's, half an hour long."""
        when = {"starts_at": start.isoformat(), "ends_at": (start + HOUR / 2).isoformat()}
        about = {"manager_ids": [self.manager], "deal_ids": [str(new_id(DEAL))]}
        return self.contacts.ask("plan_interaction", kind="CALL", **about, **when, **payload)

    def _next(self) -> datetime | None:
        timers = self.contacts.database.tables.timers
        with self.contacts.database.reading() as reading:
            rows = reading.connection.execute(timers.select().where(timers.c.name != "chassis.forget_idempotency_keys"))
            return min((row.due_at for row in rows), default=None)


@pytest.fixture
def clocked(contacts: Contacts, monkeypatch: pytest.MonkeyPatch) -> Clocked:
    """Contacts on the second of March."""
    return Clocked(contacts, at_moments(monkeypatch, NOW))


def test_a_reminder_tells_once_and_ends_when_it_is_dismissed(clocked: Clocked) -> None:
    deal = str(new_id(DEAL))
    reminder = clocked.set(at=(NOW + HOUR).isoformat(), note="Call them", deal_id=deal)
    assert clocked.pass_to(NOW + HOUR - timedelta(seconds=1)) == []
    (told,) = clocked.pass_to(NOW + 5 * HOUR)
    assert (told["reminder_id"], told["manager_id"], told["about_id"]) == (reminder["id"], clocked.manager, deal)
    assert (told["attempt"], told["escalated"]) == (0, False)
    assert "Call them" not in str(told)
    due = clocked.contacts.ask("list_reminders", filter={"due": True})["nodes"]
    assert [one["id"] for one in due] == [reminder["id"]]
    ended = clocked.contacts.ask("dismiss_reminder", reminder_id=reminder["id"])
    assert (ended["state"], ended["due"]) == ("ENDED", False)


def test_snoozing_tells_the_same_again(clocked: Clocked) -> None:
    reminder = clocked.set(at=(NOW + HOUR).isoformat())
    clocked.pass_to(NOW + HOUR)
    until = NOW + 2 * HOUR
    clocked.contacts.ask("snooze_reminder", reminder_id=reminder["id"], until=until.isoformat())
    (told,) = clocked.pass_to(until)
    assert (told["attempt"], told["occurrence_at"]) == (1, (NOW + HOUR).isoformat().replace("+00:00", "Z"))
    assert clocked.pass_to(until + 24 * HOUR) == []


def test_snoozing_before_it_has_told_anything_postpones_it(clocked: Clocked) -> None:
    reminder = clocked.set(at=(NOW + HOUR).isoformat())
    clocked.contacts.ask("snooze_reminder", reminder_id=reminder["id"], until=(NOW + 3 * HOUR).isoformat())
    assert clocked.pass_to(NOW + 2 * HOUR) == []
    assert len(clocked.pass_to(NOW + 4 * HOUR)) == 1


def test_rescheduling_moves_it_and_cancelling_kills_it(clocked: Clocked) -> None:
    moved, killed = clocked.set(at=(NOW + HOUR).isoformat()), clocked.set(at=(NOW + HOUR).isoformat())
    clocked.contacts.ask("reschedule_reminder", reminder_id=moved["id"], at=(NOW + 3 * HOUR).isoformat())
    clocked.contacts.ask("cancel_reminder", reminder_id=killed["id"])
    assert clocked.pass_to(NOW + 2 * HOUR) == []
    assert [told["reminder_id"] for told in clocked.pass_to(NOW + 4 * HOUR)] == [moved["id"]]
    assert clocked.contacts.refused(
        "snooze_reminder", reminder_id=killed["id"], until=(NOW + 9 * HOUR).isoformat()
    ) == [("REMINDER_ENDED", "reminder")]


def test_a_recurring_one_keeps_the_hour_of_its_recipient_through_the_change_of_clocks(clocked: Clocked) -> None:
    clocked.contacts.ask("change_manager", manager_id=clocked.manager, time_zone="Europe/Berlin")
    start = datetime(2026, 3, 27, 8, tzinfo=UTC)  # nine o'clock in Berlin
    clocked.set(at=start.isoformat(), recurrence="FREQ=DAILY;COUNT=4")
    told = clocked.pass_to(start + timedelta(days=9))
    assert [one["occurrence_at"][8:16] for one in told] == ["27T08:00", "28T08:00", "29T07:00", "30T07:00"]


def test_what_came_due_while_nobody_was_there_is_told_afterwards_each_once(clocked: Clocked) -> None:
    clocked.set(at=(NOW + HOUR).isoformat(), recurrence="FREQ=DAILY;COUNT=5")
    told = clocked.miss_to(NOW + timedelta(days=30))
    assert [one["occurrence_at"][8:10] for one in told] == ["02", "03", "04", "05", "06"]
    assert clocked.miss_to(NOW + timedelta(days=60)) == []


def test_reminders_follow_a_planned_interaction(clocked: Clocked) -> None:
    plan = clocked.plan(NOW + 5 * HOUR, reminders=[{"minutes_before": 60}, {"minutes_before": 0}])
    assert [one["occurrence_at"] for one in clocked.pass_to(NOW + 4 * HOUR)] == ["2026-03-02T14:00:00Z"]
    later = NOW + 10 * HOUR
    clocked.contacts.ask("reschedule_interaction", interaction_id=plan["id"], starts_at=later.isoformat())
    assert clocked.pass_to(later - HOUR - timedelta(minutes=1)) == []
    assert len(clocked.pass_to(later)) == 2
    clocked.contacts.ask("complete_interaction", interaction_id=plan["id"])
    states = {one["state"] for one in clocked.contacts.ask("list_reminders")["nodes"]}
    assert states == {"ENDED"}


def test_a_cancelled_plan_reminds_of_nothing(clocked: Clocked) -> None:
    plan = clocked.plan(NOW + 5 * HOUR, reminders=[{"minutes_before": 60}])
    clocked.contacts.ask("cancel_interaction", interaction_id=plan["id"])
    assert clocked.pass_to(NOW + 100 * HOUR) == []


def test_when_one_of_a_series_is_done_the_next_is_planned_with_its_reminders(clocked: Clocked) -> None:
    first = clocked.plan(NOW + 5 * HOUR, recurrence="FREQ=WEEKLY;COUNT=3", reminders=[{"minutes_before": 60}])
    week = timedelta(days=7)
    assert len(clocked.pass_to(NOW + 5 * HOUR)) == 1
    clocked.contacts.ask("complete_interaction", interaction_id=first["id"])
    (second,) = planned(clocked)
    assert (second["planned_start"], second["series_id"]) == (
        (NOW + 5 * HOUR + week).isoformat()[:19] + "Z",
        first["id"],
    )
    clocked.contacts.ask(
        "complete_interaction", interaction_id=second["id"]
    )  # before its time: nobody is reminded of it
    (third,) = planned(clocked)
    (told,) = clocked.pass_to(NOW + 3 * week)
    assert (told["about_id"], told["occurrence_at"]) == (third["id"], third["planned_start"])
    clocked.contacts.ask("cancel_interaction", interaction_id=third["id"])
    assert planned(clocked) == []


def test_a_series_is_moved_and_ended_as_a_whole(clocked: Clocked) -> None:
    first = clocked.plan(NOW + 5 * HOUR, recurrence="FREQ=DAILY", reminders=[{"minutes_before": 0}])
    moved = NOW + 7 * HOUR
    clocked.contacts.ask("reschedule_interaction", interaction_id=first["id"], starts_at=moved.isoformat())
    told = clocked.pass_to(moved + timedelta(days=2))
    assert [one["occurrence_at"][8:13] for one in told] == ["02T16", "03T16", "04T16"]
    clocked.contacts.ask("cancel_interaction", interaction_id=first["id"], whole_series=True)
    assert clocked.pass_to(moved + timedelta(days=9)) == []
    assert planned(clocked) == []


def test_occurrences_that_passed_unseen_are_not_planned_any_more(clocked: Clocked) -> None:
    first = clocked.plan(NOW + HOUR, recurrence="FREQ=DAILY")
    clocked.pass_to(NOW + timedelta(days=3, hours=2))
    clocked.contacts.ask("complete_interaction", interaction_id=first["id"])
    (following,) = planned(clocked)
    assert following["planned_start"] == (NOW + timedelta(days=4, hours=1)).isoformat()[:19] + "Z"


def test_a_plan_that_recurs_by_no_rule_is_refused(clocked: Clocked) -> None:
    when = {"starts_at": (NOW + HOUR).isoformat(), "deal_ids": [str(new_id(DEAL))]}
    problems = clocked.contacts.refused("plan_interaction", kind="CALL", recurrence="often", **when)
    assert problems == [("INVALID_RECURRENCE", "recurrence")]


def planned(clocked: Clocked) -> list[Json]:
    """Give what is planned."""
    return list(clocked.contacts.ask("list_interactions", filter={"states": ["PLANNED"]})["nodes"])


def test_who_leads_is_told_of_a_plan_that_nobody_saw_to(clocked: Clocked) -> None:
    head = clocked.contacts.ask("register_manager", name="Head")["id"]
    team = clocked.contacts.ask("register_team", name="North", head_id=head)["id"]
    clocked.contacts.ask("change_manager", manager_id=clocked.manager, team_id=team)
    plan = clocked.plan(NOW + HOUR)
    (told,) = clocked.pass_to(NOW + timedelta(days=3))
    assert (told["manager_id"], told["about_id"], told["escalated"]) == (head, plan["id"], True)


def test_a_next_step_in_a_deal_reminds_and_its_end_ends_that(clocked: Clocked) -> None:
    step, deal = new_id(STEP), str(new_id(DEAL))
    told = {"step_id": str(step), "deal_id": deal, "assignee_id": clocked.manager}
    due, remind = NOW + 5 * HOUR, NOW + 4 * HOUR
    moments = {"due_at": due.isoformat(), "remind_at": remind.isoformat()}
    clocked.contacts.hear("next_step.planned", step, sequence=1, at=NOW, **told, **moments)
    (reminded,) = clocked.pass_to(due)
    assert (reminded["about_id"], reminded["deal_id"]) == (str(step), deal)
    clocked.contacts.hear("next_step.done", step, sequence=2, at=NOW, **told)
    clocked.contacts.hear("next_step.planned", step, sequence=1, at=NOW, **told, **moments)  # late, and once more
    assert clocked.pass_to(NOW + timedelta(days=9)) == []


def test_who_leads_is_told_of_an_overdue_task(clocked: Clocked) -> None:
    head = clocked.contacts.ask("register_manager", name="Head")["id"]
    team = clocked.contacts.ask("register_team", name="North", head_id=head)["id"]
    clocked.contacts.ask("change_manager", manager_id=clocked.manager, team_id=team)
    done, late = new_id(TASK), new_id(TASK)
    for task in (done, late):
        told = {"task_id": str(task), "assignee_id": clocked.manager, "due_at": (NOW + HOUR).isoformat()}
        clocked.contacts.hear("task.created", task, at=NOW, **told)
    clocked.contacts.hear("task.completed", done, sequence=2, at=NOW, task_id=str(done))
    assert [one["about_id"] for one in clocked.pass_to(NOW + timedelta(days=3))] == [str(late)]


def test_others_reminders_are_not_there(clocked: Clocked) -> None:
    reminder = clocked.set(at=(NOW + HOUR).isoformat())
    other = Actor(
        subject="other",
        role="manager",
        member_id=UUID(clocked.contacts.ask("register_manager", name="Bob")["id"]),
        scopes=frozenset({"read", "write"}),
    )
    theirs = clocked.contacts.as_actor(other)
    assert theirs.ask("list_reminders", page={"total": True})["total"] == 0
    assert theirs.ask("reminders_by_ids", ids=[reminder["id"]])["nodes"] == [None]
    assert theirs.refused("dismiss_reminder", reminder_id=reminder["id"]) == [("NOT_FOUND", "reminder")]


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ({}, ("REQUIRED", "at")),
        ({"at": "2026-03-01T00:00:00Z"}, ("REMIND_IN_PAST", "at")),
        ({"at": "2099-03-01T00:00:00Z"}, ("INVALID", "at")),
        ({"at": "2026-04-01T00:00:00Z", "recurrence": "every day"}, ("INVALID_RECURRENCE", "recurrence")),
        ({"at": "2026-04-01T00:00:00Z", "time_zone": "Mars"}, ("UNKNOWN_TIME_ZONE", "timeZone")),
        ({"minutes_before": 5}, ("REQUIRED", "interaction")),
        ({"at": "2026-04-01T00:00:00Z", "note": "x" * 900_000}, ("TOO_LONG", "note")),
        ({"at": "2026-04-01T00:00:00Z", "minutes_before": 5}, ("INVALID", "minutesBefore")),
    ],
)
def test_what_cannot_be_reminded_of_is_refused(clocked: Clocked, payload: Json, problem: tuple[str, str]) -> None:
    assert clocked.contacts.refused("set_reminder", manager_id=clocked.manager, **payload) == [problem]


ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago")


@given(
    rule=st.sampled_from(
        ["FREQ=DAILY;INTERVAL=40", "FREQ=WEEKLY;INTERVAL=9;BYDAY=MO,SU", "FREQ=MONTHLY;BYMONTHDAY=31"]
    ),
    kills=st.lists(st.integers(1, 40), max_size=4),
)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_two_years_of_a_rule_are_told_exactly_however_often_the_process_is_killed(
    clocked: Clocked, monkeypatch: pytest.MonkeyPatch, rule: str, kills: list[int]
) -> None:
    start = clocked.now + timedelta(days=10)
    last = start + timedelta(days=731)
    reminders = {
        zone: clocked.set(at=start.isoformat(), recurrence=rule, time_zone=zone)["id"] for zone in ZONES
    }  # fmt: skip
    told: list[Json] = []
    moment = clocked.now
    for days in [*kills, 800]:
        moment = min(moment + timedelta(days=days * 12), last - timedelta(seconds=1))
        told += clocked.pass_to(moment)
        _die_while_firing(clocked, monkeypatch)
    for zone, reminder in reminders.items():
        expected = Schedule.of(start, ZoneInfo(zone), rule=rule).between(start, last)
        assert [one["occurrence_at"] for one in told if one["reminder_id"] == reminder] == [
            at.isoformat().replace("+00:00", "Z") for at in expected
        ]
        clocked.contacts.ask("cancel_reminder", reminder_id=reminder)


class _Killed(BaseException):
    """The end of the process in the middle of its work."""


def _die_while_firing(clocked: Clocked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fire what comes next, and die before the commit: nothing may remain of it."""
    due = clocked._next()
    assert due is not None
    before, told = clocked.now, len(clocked.told())
    clocked._moment.now = max(due, before)
    with monkeypatch.context() as patch:
        patch.setattr("chassis.store.database.Transaction.flush", _die)
        with pytest.raises(_Killed):
            clocked._timers.fire_next()
    clocked._moment.now = before
    assert len(clocked.told()) == told


def _die(_tx: object) -> bool:
    raise _Killed
