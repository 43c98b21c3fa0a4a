"""Whatever is said, planned, done and corrected: what is done stays, one version stands, and nothing is lost on the way."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.errors import Refused
from chassis.wire import Json
from services.contacts.storage.tables import metadata
from tests.services.contacts.conftest import LONG_AGO, Contacts
from tests.services.contacts.talk import ahead, kinds, listed, partner, plan, say, timeline
from tests.support.databases import OpenDatabase

_STEPS = ("say", "plan", "complete", "cancel", "reschedule", "correct", "review", "hear")
_FLAGS = {"version", "reviewed", "reviewed_at", "postponed_until", "corrected_by_id"}


@pytest.fixture
def talkers(open_database: OpenDatabase) -> Contacts:
    return Contacts(open_database("contacts", metadata))


class Model:
    """What has to hold, kept beside the service in the plainest way."""

    def __init__(self, contacts: Contacts, draw: random.Random) -> None:
        self.contacts = contacts
        self.draw = draw
        self.partner = partner(contacts)["id"]
        self.known: dict[str, Json] = {}
        self.facts = Counter(
            {"PARTNER_REGISTERED": kinds(timeline(contacts, self.partner)).count("PARTNER_REGISTERED")}
        )

    def step(self, name: str) -> None:
        """Do one thing, to an interaction taken by chance where it needs one; that it is refused is as good."""
        if name == "say":
            return self._learn(say(self.contacts, partner_ids=[self.partner], started_at=self._moment()), "REGISTERED")
        if name == "plan":
            start = ahead(hours=self.draw.randrange(1, 50))
            return self._learn(plan(self.contacts, partner_ids=[self.partner], starts_at=start), "PLANNED")
        if name == "hear":
            self.contacts.hear("proposal.sent", LONG_AGO_ID, at=LONG_AGO, deal_id=LONG_AGO_ID, partner_id=self.partner)
            self.facts["PROPOSAL_SENT"] += 1
            return None
        return self._change(name)

    def _change(self, name: str) -> None:
        if not self.known:
            return
        before = self.known[self.draw.choice(sorted(self.known))]
        about: dict[str, object] = {"interaction_id": before["id"]}
        about |= {"reschedule": {"starts_at": ahead(days=9)}, "correct": {"text": "no"}}.get(name, {})
        allowed = {
            "complete": before["state"] == "PLANNED",
            "cancel": before["state"] == "PLANNED",
            "reschedule": before["state"] == "PLANNED",
            "correct": before["state"] == "DONE" and before["corrected_by_id"] is None,
            "review": True,
        }[name]
        told = {"complete": "REGISTERED", "cancel": "CANCELLED", "reschedule": "RESCHEDULED", "correct": "CORRECTED"}
        try:
            after = self.contacts.ask(f"{name}_interaction", **about)
        except Refused:
            assert not allowed, (name, before)
            return
        assert allowed, (name, before)
        if name == "correct":
            before["corrected_by_id"], before["version"] = after["id"], before["version"] + 1
        changed = after["version"] != before["version"] or after["id"] != before["id"]
        self._learn(after, told[name] if name in told and changed else None)

    def _learn(self, interaction: Json, fact: str | None) -> None:
        self.known[interaction["id"]] = interaction
        if fact is not None:
            self.facts[f"INTERACTION_{fact}"] += 1

    def _moment(self) -> str:
        moment = LONG_AGO + timedelta(minutes=self.draw.randrange(4))  # often the same one
        return moment.isoformat().replace("+00:00", "Z")

    def check(self) -> None:
        """Compare everything."""
        nodes = self.contacts.ask("interactions_by_ids", ids=list(self.known))["nodes"]
        assert nodes == list(self.known.values())
        stand = [node for node in nodes if node["corrected_by_id"] is None]
        stand.sort(key=lambda node: (datetime.fromisoformat(node["at"]), node["id"]), reverse=True)
        assert listed(self.contacts, self.partner) == [node["id"] for node in stand]
        entries = timeline(self.contacts, self.partner)
        assert Counter(kinds(entries)) == self.facts
        assert len({entry["id"] for entry in entries}) == len(entries)
        order = [(datetime.fromisoformat(entry["occurred_at"]), entry["id"]) for entry in entries]
        assert order == sorted(order, reverse=True)


LONG_AGO_ID = UUID("01a2109a-4202-8101-b175-c4357cbc2880")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.sampled_from(_STEPS), max_size=25), seed=st.integers(0, 2**32))
def test_any_talk(talkers: Contacts, steps: list[str], seed: int) -> None:
    model = Model(talkers, random.Random(seed))
    done: dict[str, Json] = {}
    for step in steps:
        model.step(step)
        for id, was in done.items():
            now = model.known[id]
            assert {k: v for k, v in now.items() if k not in _FLAGS} == was
        done |= {
            id: {k: v for k, v in one.items() if k not in _FLAGS}
            for id, one in model.known.items()
            if one["state"] == "DONE" and id not in done
        }
    model.check()
