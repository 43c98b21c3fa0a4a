"""Subscriptions: who listens is told what they may see, at once and in order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chassis.errors import Unavailable
from gateway.auth import issue_token
from tests.gateway.system import System

CHANGES = "subscription($filter: DealFilter) { dealChanged(filter: $filter) { kind sequence oldStage newStage deal { title stage { key } } } }"


class Stream:
    """An open stream, read event by event."""

    def __init__(
        self, system: System, query: str, *, role: str = "admin", member: str | None = None, **variables: Any
    ) -> None:
        token = issue_token(system.settings, role, manager=member)
        headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
        self.response = system.http("POST", json={"query": query, "variables": variables}, headers=headers)
        self._chunks: Iterator[bytes] = iter(self.response.response)  # type: ignore[arg-type]

    def begin(self) -> Stream:
        """Read the first word, after which nothing is missed."""
        assert next(self._chunks) == b":\n\n"
        return self

    def next(self) -> Any:
        """Read one event: its answer, or None where the stream is complete."""
        kind, _, data = next(self._chunks).decode().strip().partition("\n")
        if kind == "event: complete":
            return None
        assert kind == "event: next"
        return json.loads(data.removeprefix("data: "))

    def close(self) -> None:
        """Go away."""
        self.response.close()


def opened(system: System, title: str, **more: Any) -> str:
    """Open a deal and give its id."""
    payload = system.do("openDeal", "deal { id }", process=system.processes["manual_sale"], title=title, **more)
    return str(payload["deal"]["id"])


def test_a_listener_is_told_each_change_in_order_with_the_deal_as_it_stands(system: System) -> None:
    stream = Stream(system, CHANGES).begin()
    deal = opened(system, "Pipes")
    assert stream.next()["data"]["dealChanged"]["kind"] == "opened"
    system.do("moveDeal", "deal { id }", deal=deal, stage="negotiation")
    assert stream.next()["data"]["dealChanged"] == {
        "kind": "stage_changed",
        "sequence": 2,
        "oldStage": "first_contact",
        "newStage": "negotiation",
        "deal": {"title": "Pipes", "stage": {"key": "negotiation"}},
    }
    stream.close()
    assert system.feed.listeners == 0


def test_a_filter_is_compared_with_the_deal_as_it_stands(system: System) -> None:
    stream = Stream(system, CHANGES, filter={"stages": ["proposal"]}).begin()
    other, wanted = opened(system, "Other"), opened(system, "Wanted")
    system.do("moveDeal", "deal { id }", deal=other, stage="negotiation")
    system.do("moveDeal", "deal { id }", deal=wanted, stage="proposal")
    assert stream.next()["data"]["dealChanged"]["deal"]["title"] == "Wanted"
    stream.close()


def test_nobody_is_told_of_deals_out_of_their_reach(system: System) -> None:
    mine = system.do("registerManager", "manager { id }", name="Mine")["manager"]["id"]
    theirs = system.do("registerManager", "manager { id }", name="Theirs")["manager"]["id"]
    stream = Stream(system, CHANGES, role="manager", member=mine).begin()
    opened(system, "Not mine", manager=theirs)
    opened(system, "Mine", manager=mine)
    assert stream.next()["data"]["dealChanged"]["deal"]["title"] == "Mine"
    stream.close()


def test_the_funnel_is_told_when_it_has_counted_the_change(system: System) -> None:
    query = "subscription($id: ID!) { funnelChanged(process: $id) { stages { stage { key } open } } }"
    stream = Stream(system, query, id=system.processes["manual_sale"]).begin()
    before = system.ask(
        "query($id: ID!) { funnel(process: $id) { stages { open } } }", id=system.processes["manual_sale"]
    )["funnel"]["stages"][0]["open"]
    opened(system, "Counted")
    first = stream.next()["data"]["funnelChanged"]["stages"][0]
    assert first == {"stage": {"key": "first_contact"}, "open": before + 1}
    stream.close()


def test_who_missed_events_is_told_and_the_stream_ends(system: System) -> None:
    stream = Stream(system, CHANGES).begin()
    system.feed._tell_missed("the connection to the message broker was lost")
    assert stream.next()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert stream.next() is None
    assert list(stream._chunks) == []
    assert system.feed.listeners == 0


def test_a_service_that_is_down_ends_the_stream_with_its_error(system: System) -> None:
    stream = Stream(system, CHANGES).begin()
    opened(system, "Unseen")
    system.down["deals"] = Unavailable("down")
    assert stream.next()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert stream.next() is None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { dealChanged { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ('subscription { dealChanged(filter: {partners: ["x"]}) { kind } }', "BAD_USER_INPUT"),
        ('subscription { funnelChanged(process: "x") { currency } }', "NOT_FOUND"),
        ("subscription($p: ID!) { funnelChanged(process: $p) { currency } }", "BAD_USER_INPUT"),
    ],
)
def test_what_cannot_be_listened_to_is_told_at_once(system: System, query: str, code: str) -> None:
    stream = Stream(system, query)
    assert stream.next()["errors"][0]["extensions"]["code"] == code
    assert stream.next() is None


def test_queries_are_answered_as_a_stream_too(system: System) -> None:
    stream = Stream(system, "{ viewer { role } }")
    assert stream.next() == {"data": {"viewer": {"role": "admin"}}}
    assert stream.next() is None


def test_a_subscription_needs_a_stream(system: System) -> None:
    answer = system.answer(CHANGES)
    assert answer["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"


def test_a_broker_that_is_away_refuses_new_streams(system: System) -> None:
    system.feed.link.ready.clear()
    stream = Stream(system, CHANGES)
    system.feed.link.ready.set()
    assert stream.response.status_code == 503


def test_a_stream_needs_a_caller(system: System) -> None:
    response = system.http("POST", json={"query": CHANGES}, headers={"Accept": "text/event-stream"})
    assert response.status_code == 401
