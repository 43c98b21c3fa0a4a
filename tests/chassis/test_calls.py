"""Calls between processes: answers, typed errors, deadlines, and what a crash or garbage may not do."""

from __future__ import annotations

import time
from typing import Any

import eventlet
import pytest

from chassis.bus.transport import connect, publish
from chassis.errors import CrmError, NotAuthenticated, Refused, Unavailable, Undecodable
from chassis.service import rpc
from tests.chassis import toys
from tests.chassis.conftest import Site, eventually


def test_a_call_is_answered(site: Site) -> None:
    with site.running(toys.DoorsService):
        assert site.call("echo", {"a": [1, "ü", None]}) == {"a": [1, "ü", None]}


def test_a_refusal_comes_back_as_it_was_raised(site: Site) -> None:
    with site.running(toys.DoorsService):
        with pytest.raises(Refused) as refused:
            site.call("open_door", {"name": "locked"})
    (problem,) = refused.value.problems
    assert (problem.code, problem.field, problem.message) == ("LOCKED", ("name",), "find the key first")


def test_a_payload_that_does_not_fit_names_the_fields(site: Site) -> None:
    with site.running(toys.DoorsService):
        with pytest.raises(Refused) as refused:
            site.call("open_door", {"nap": "long"})
    assert {(problem.field, problem.code) for problem in refused.value.problems} == {
        (("name",), "REQUIRED"),
        (("nap",), "INVALID"),
    }


def test_a_fault_of_the_service_tells_nothing_of_its_inside_and_changes_nothing(site: Site) -> None:
    with site.running(toys.DoorsService):
        with pytest.raises(CrmError) as failed:
            site.call("open_door", {"name": "broken"})
        assert "hinge" not in str(failed.value)
        assert site.call("count_doors", {}) == {"open": 0}
    assert site.rows("doors", "outbox") == []


def test_an_answer_that_is_not_json_is_an_error_and_the_service_lives(site: Site) -> None:
    with site.running(toys.DoorsService):
        with pytest.raises(CrmError):
            site.call("nonsense", {})
        assert site.call("echo", 1) == 1


def test_an_unknown_method_is_said_at_once(site: Site) -> None:
    with site.running(toys.DoorsService):
        with pytest.raises(Undecodable, match="no method"):
            site.call("shut_door", {})


def test_an_actor_that_the_gateway_did_not_sign_is_not_believed(site: Site) -> None:
    from chassis.actor import SYSTEM, sign_actor
    from chassis.bus.rpc import Call

    forged = Call(actor=sign_actor(SYSTEM, "x" * 40), correlation_id="c", deadline=time.time() + 5)
    with site.running(toys.DoorsService):
        with pytest.raises(NotAuthenticated):
            site.client.call("doors", "count_doors", {}, forged)


def test_a_call_ends_at_its_deadline_and_is_not_run_after_it(site: Site) -> None:
    """Gap: nameko's calls have no deadline, and an expired request runs later."""
    with site.running(toys.DoorsService):
        site.call("echo", 1)
    before = time.monotonic()
    with pytest.raises(Unavailable):
        site.call("open_door", {"name": "late"}, seconds=0.5)
    assert time.monotonic() - before < 8
    with site.running(toys.DoorsService):
        assert site.call("count_doors", {}) == {"open": 0}


def test_a_call_to_a_service_that_was_never_there_fails_at_once(site: Site) -> None:
    before = time.monotonic()
    with pytest.raises(Unavailable, match="not running"):
        site.call("ring", {}, service="bells", seconds=20)
    assert time.monotonic() - before < 15


def test_more_calls_than_workers_that_wait_for_each_other_end_at_their_deadline(site: Site) -> None:
    """Gap: ten concurrent calls of a service to itself, with ten workers, deadlock."""

    class Selfish(toys.DoorsService):
        name = "doors"

        @rpc
        def open_twice(self, value: Any) -> Any:
            return site.call("echo", value, seconds=1)

    with site.running(Selfish):
        asked = [site.send("open_twice", {"n": n}, seconds=4) for n in range(10)]
        for pending in asked:
            try:
                pending.result()
            except CrmError:
                pass
        assert site.call("echo", "alive") == "alive"


def test_a_client_stopped_together_with_its_services_does_not_wait_for_ever(site: Site) -> None:
    """Gap: stopped together with its services, a gateway waited for their replies for ever."""
    runner = site.start(toys.DoorsService)
    pending = site.send("open_door", {"name": "slow", "nap": 1.0}, seconds=3)
    eventlet.sleep(0.3)
    runner.kill()
    site.client.link.stop()
    before = time.monotonic()
    with pytest.raises(Unavailable):
        pending.result()
    assert time.monotonic() - before < 8


def test_a_request_at_work_during_a_stop_is_answered_and_does_not_run_again(site: Site) -> None:
    """Gap: nameko loses the acknowledgement of a handler that finishes during SIGTERM, so it runs twice."""
    runner = site.start(toys.DoorsService)
    pending = site.send("open_door", {"name": "slow", "nap": 0.7}, seconds=10)
    eventlet.sleep(0.3)
    runner.stop()
    assert pending.result()["by"] == "system"
    with site.running(toys.DoorsService):
        assert site.call("count_doors", {}) == {"open": 1}


def test_requests_not_begun_at_a_stop_run_after_the_next_start(real_site: Site) -> None:
    runner = real_site.start(toys.DoorsService)
    asked = [real_site.send("open_door", {"name": "d", "nap": 0.5}, seconds=15) for _ in range(18)]
    eventlet.sleep(0.2)
    runner.stop()
    with real_site.running(toys.DoorsService):
        for pending in asked:
            pending.result()
        assert real_site.call("count_doors", {}) == {"open": 18}


@pytest.mark.parametrize(
    ("body", "headers", "properties"),
    [
        (b"\xff\xfe not json", {"method": "echo"}, {}),
        (b"{}", {}, {}),
        (b"{}", {"method": ["a", "table"], "deadline": "soon"}, {"reply_to": "nowhere"}),
        (
            b"{}",
            {"method": "echo", "nameko.call_id_stack": 7, "deadline": 10**15, "actor": "x"},
            {"correlation_id": "1"},
        ),
        (b"", {"method": "echo", "deadline": 10**15}, {"message_id": "x"}),
    ],
)
def test_garbage_on_the_request_queue_kills_nothing(
    site: Site, body: bytes, headers: dict[str, Any], properties: dict[str, Any]
) -> None:
    """Gap: an undecodable message or a bad call_id_stack header kills a nameko service."""
    with site.running(toys.DoorsService):
        site.call("echo", 1)
        with connect(site.settings.amqp_url) as connection:
            publish(
                connection.channel(),
                body,
                exchange="",
                routing_key="rpc.doors",
                headers=headers,
                properties={**properties},
            )
        eventlet.sleep(0.1)
        assert site.call("echo", "alive") == "alive"


def test_an_idle_link_keeps_its_connection_by_heartbeats(real_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gap: nameko's pooled publishers send no heartbeat, so the broker closes them and the next publish fails."""
    from chassis.bus import transport
    from chassis.bus.link import Link

    monkeypatch.setattr(transport, "HEARTBEAT", 1)
    lost: list[bool] = []
    link = Link(real_site.settings.amqp_url, "idle", on_lost=lambda: lost.append(True))
    thread = eventlet.spawn(link.run)
    assert link.ready.wait(5)
    eventlet.sleep(4)  # the broker closes a silent connection after two to three intervals
    assert lost == []
    link.publish(b"{}", exchange="", routing_key="rpc.doors", headers={}, properties={})
    link.stop()
    thread.wait()


def test_one_idempotency_key_has_one_effect_however_often_and_however_at_once(site: Site) -> None:
    with site.running(toys.DoorsService):
        asked = [site.send("open_door", {"name": "d"}, key="k1") for _ in range(10)]
        answers = [pending.result() for pending in asked]
        assert all(answer == answers[0] for answer in answers)
        assert site.call("count_doors", {}) == {"open": 1}
        with pytest.raises(Refused) as refused:
            site.call("open_door", {"name": "another"}, key="k1")
        assert refused.value.problems[0].code == "IDEMPOTENCY_KEY_REUSED"


def test_a_refusal_is_not_remembered_under_its_key(site: Site) -> None:
    with site.running(toys.DoorsService):
        for _ in range(2):
            with pytest.raises(Refused):
                site.call("open_door", {"name": "locked"}, key="k2")
        assert site.rows("doors", "idempotency") == []
        eventually(lambda: site.call("open_door", {"name": "open"}, key="k2"))
