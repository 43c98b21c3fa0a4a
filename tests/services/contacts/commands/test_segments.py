"""Segments: by hand, by rule, and who belongs to them whatever happens."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.actor import Actor
from chassis.clock import utc_now
from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.wire import Json
from services.contacts.domain.kinds import PARTNER
from services.contacts.storage import segments as storage
from services.contacts.storage.segments import Segments
from services.contacts.storage.tables import interaction_links, metadata
from tests.services.contacts.conftest import Contacts
from tests.services.contacts.settling import settle
from tests.support.databases import Backend, OpenDatabase, opened

HEAD = Actor(subject="head", role="head_of_sales", reach="all", scopes=frozenset({"read", "write", "lists", "import"}))


@pytest.fixture
def head(open_database: OpenDatabase) -> Contacts:
    """The service as the head of sales asks it."""
    return Contacts(open_database("contacts", metadata), HEAD)


def partner(contacts: Contacts, name: str = "Acme", **about: Any) -> str:
    """Register a partner and give its id."""
    return str(contacts.ask("register_partner", name=name, **about)["id"])


def members(contacts: Contacts, segment: Json) -> list[str]:
    """Give the names of a segment's members."""
    (page,) = contacts.ask("members_of_segments", segment_ids=[segment["id"]], page={"first": 100})["pages"]
    return [node["name"] for node in page["nodes"]]


def ruled(contacts: Contacts, *conditions: Json, match: str = "ALL", name: str = "Ruled") -> Json:
    """Register a segment with a rule."""
    return contacts.ask("register_segment", name=name, rule={"match": match, "conditions": conditions})


def test_members_by_hand_come_and_go_and_each_is_told_of_once(head: Contacts) -> None:
    acme, bolt = partner(head, "Acme"), partner(head, "Bolt")
    segment = head.ask("register_segment", name=" Friends ", partner_ids=[acme])
    assert (segment["name"], segment["rule"], segment["version"]) == ("Friends", None, 1)
    head.ask("add_segment_members", segment_id=segment["id"], partner_ids=[acme, bolt, bolt])
    assert members(head, segment) == ["Acme", "Bolt"]
    head.ask("remove_segment_members", segment_id=segment["id"], partner_ids=[acme])
    head.ask("remove_segment_members", segment_id=segment["id"], partner_ids=[acme])
    assert members(head, segment) == ["Bolt"]
    told = [(type, data["sequence"], data.get("partner_id")) for type, data in head.told() if type.startswith("seg")]
    assert told == [
        ("segment.registered", 1, None),
        ("segment.member_added", 2, acme),
        ("segment.member_added", 3, bolt),
        ("segment.member_removed", 4, acme),
    ]
    assert head.ask("segments_of_partners", partner_ids=[acme, bolt])["segments"] == [[], [segment]]
    found = head.ask("list_partners", filter={"segment_ids": [segment["id"]]}, page={"total": True})
    assert ([node["name"] for node in found["nodes"]], found["total"]) == (["Bolt"], 1)


def test_a_rule_makes_members_as_partners_change(head: Contacts) -> None:
    old = partner(head, "Old", roles=["CLIENT"], source="Fair")
    segment = ruled(head, {"roles": ["CLIENT"]}, {"sources": ["Fair"]})
    assert members(head, segment) == ["Old"]
    new = partner(head, "New", source="Fair")
    settle(head)
    assert members(head, segment) == ["Old"]
    head.ask("change_partner", partner_id=new, roles=["CLIENT"])
    head.ask("change_partner", partner_id=old, roles=["SUPPLIER"])
    settle(head)
    assert members(head, segment) == ["New"]
    head.hear("deal.won", new_id(0x202), partner_id=old)
    settle(head)
    assert members(head, segment) == ["New", "Old"]


def test_rules_ask_of_all_that_turned_out_to_be_one_partner(head: Contacts) -> None:
    acme, double = partner(head, "Acme", roles=["CLIENT"]), partner(head, "Akme", roles=["SUPPLIER"], source="Fair")
    head.ask("register_interaction", kind="CALL", partner_ids=[acme])
    head.ask("register_interest", partner_id=double, text="chairs")
    settle(head)
    silent = ruled(head, {"no_interaction_within_days": 30})
    both = ruled(
        head, {"roles": ["SUPPLIER"]}, {"last_interaction_within_days": 30}, {"open_interest": True}, name="Both"
    )
    here = ruled(head, {"sources": ["Fair"]}, {"roles": ["CLIENT"]}, name="Here")

    def found() -> list[list[str]]:
        settle(head)
        listed = head.ask("list_partners", filter={"segment_ids": [silent["id"]]})["nodes"]
        assert [one["name"] for one in listed] == members(head, silent)
        return [members(head, segment) for segment in (silent, both, here)]

    before = found()
    assert before == [["Akme"], [], []]
    head.ask("merge_partners", survivor_id=acme, merged_id=double)
    assert found() == [[], ["Acme"], ["Acme"]]
    head.ask("unmerge_partner", partner_id=double)
    assert found() == before


@pytest.mark.parametrize("match", ["ALL", "ANY"])
def test_what_rules_can_ask_for(head: Contacts, match: str) -> None:
    team = head.ask("register_team", name="North")["id"]
    ann = head.ask("register_manager", name="Ann", team_id=team)["id"]
    bob = head.ask("register_manager", name="Bob")["id"]
    entity = {"name": "Acme GmbH", "country": "DE"}
    hers = partner(head, "Hers", manager_id=ann, legal_entities=[entity], interest="pipes")
    partner(head, "His", manager_id=bob)
    partner(head, "Nobody's")
    head.ask("register_interaction", kind="CALL", partner_ids=[hers])
    for condition, expected in (
        ({"manager_ids": [bob]}, ["His"]),
        ({"team_ids": [team]}, ["Hers"]),
        ({"countries": ["de"]}, ["Hers"]),
        ({"open_interest": True}, ["Hers"]),
        ({"open_interest": False}, ["His", "Nobody's"]),
        ({"last_interaction_within_days": 1}, ["Hers"]),
        ({"no_interaction_within_days": 1}, ["His", "Nobody's"]),
    ):
        segment = ruled(head, condition, match=match, name=str(condition))
        assert members(head, segment) == expected, condition


def test_a_manager_who_joins_a_team_brings_their_partners(head: Contacts) -> None:
    team = head.ask("register_team", name="North")["id"]
    ann = head.ask("register_manager", name="Ann")["id"]
    partner(head, "Hers", manager_id=ann)
    segment = ruled(head, {"team_ids": [team]})
    head.ask("change_manager", manager_id=ann, team_id=team)
    settle(head)
    assert members(head, segment) == ["Hers"]


def test_days_that_pass_change_members_by_the_timer(head: Contacts) -> None:
    acme = partner(head)
    head.ask("register_interaction", kind="CALL", partner_ids=[acme])
    segment = ruled(head, {"no_interaction_within_days": 30})
    assert members(head, segment) == []
    timers = head.database.tables.timers
    with head.database.transaction() as tx:  # as if it had been said long ago, and an hour had passed
        tx.connection.execute(interaction_links.update().values(at=utc_now() - timedelta(days=31)))
        tx.connection.execute(timers.update().values(due_at=utc_now() - timedelta(seconds=1)))
    settle(head)
    assert members(head, segment) == ["Acme"]


def test_many_members_come_in_batches(head: Contacts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "BATCH", 3)
    for n in range(8):
        partner(head, f"Partner {n}")
    segment = ruled(head, {"roles": ["PROSPECT"]})
    assert len(members(head, segment)) == 3
    settle(head)
    assert len(members(head, segment)) == 8
    head.ask("change_segment", segment_id=segment["id"], rule={"conditions": [{"roles": ["COMPETITOR"]}]})
    settle(head)
    assert members(head, segment) == []


def test_another_rule_and_name(head: Contacts) -> None:
    partner(head, "Acme", roles=["SUPPLIER"])
    segment = ruled(head, {"roles": ["CLIENT"]})
    rule = {"match": "ANY", "conditions": [{"roles": ["CLIENT"]}, {"roles": ["SUPPLIER"]}]}
    changed = head.ask("change_segment", segment_id=segment["id"], name="All", rule=rule, expected_version=1)
    assert (changed["name"], changed["version"], members(head, segment)) == ("All", 2, ["Acme"])
    before = len(head.told())
    head.ask("change_segment", segment_id=segment["id"], name="All", rule=rule)
    assert len(head.told()) == before
    changed = next(data for type, data in head.told() if type == "segment.changed")
    assert changed["changed"] == ["name", "rule"]
    assert "All" not in str(head.told())
    assert head.refused("change_segment", segment_id=segment["id"], name="x", expected_version=1) == [
        ("CONFLICT", "expectedVersion")
    ]


def test_what_does_not_fit_is_refused(head: Contacts) -> None:
    acme = partner(head)
    by_hand = head.ask("register_segment", name="Friends")
    by_rule = ruled(head, {"roles": ["CLIENT"]})
    gone = str(new_id(PARTNER))
    conditions = [{}, {"roles": []}, {"countries": ["XX"]}, {"roles": ["CLIENT"], "open_interest": True}]
    conditions.append({"last_interaction_within_days": 0})
    assert head.refused("register_segment", name=" ", rule={"conditions": conditions}) == [
        ("REQUIRED", "name"),
        ("REQUIRED", "rule.conditions.0"),
        ("REQUIRED", "rule.conditions.1.roles"),
        ("UNKNOWN_COUNTRY", "rule.conditions.2.countries"),
        ("INVALID", "rule.conditions.3"),
        ("INVALID", "rule.conditions.4.lastInteractionWithinDays"),
    ]
    assert head.refused("register_segment", name="x", rule={"conditions": []}) == [("INVALID", "rule.conditions")]
    assert head.refused("register_segment", name="FRIENDS") == [("NAME_TAKEN", "name")]
    rule = {"conditions": [{"roles": ["CLIENT"]}]}
    assert head.refused("register_segment", name="x", rule=rule, partner_ids=[acme]) == [("RULED", "segment")]
    assert head.refused("change_segment", segment_id=by_hand["id"], rule=rule) == [("NAMED_BY_HAND", "rule")]
    assert head.refused("add_segment_members", segment_id=by_rule["id"], partner_ids=[gone]) == [
        ("RULED", "segment"),
        ("NOT_FOUND", "partners.0"),
    ]
    assert head.refused("remove_segment_members", segment_id=str(new_id(0x130)), partner_ids=[acme]) == [
        ("NOT_FOUND", "segment")
    ]


def test_only_who_keeps_lists_makes_segments_and_members_are_seen_within_reach(head: Contacts) -> None:
    ann = head.ask("register_manager", name="Ann")["id"]
    hers, others = partner(head, "Hers", manager_id=ann), head.ask("register_manager", name="Bob")["id"]
    his = partner(head, "His", manager_id=others)
    segment = head.ask("register_segment", name="Friends", partner_ids=[hers, his])
    actor = Actor(subject="Ann", role="manager", member_id=UUID(ann), scopes=frozenset({"read", "write"}))
    seen = head.as_actor(actor)
    assert members(seen, segment) == ["Hers"]
    (page,) = seen.ask("members_of_segments", segment_ids=[segment["id"]], page={"total": True})["pages"]
    assert page["total"] == 1
    assert seen.ask("segments_of_partners", partner_ids=[hers, his])["segments"] == [[segment], []]
    for command, about in (
        ("register_segment", {"name": "x"}),
        ("change_segment", {"segment_id": segment["id"], "name": "x"}),
        ("add_segment_members", {"segment_id": segment["id"], "partner_ids": [hers]}),
        ("remove_segment_members", {"segment_id": segment["id"], "partner_ids": [hers]}),
    ):
        with pytest.raises(Forbidden):
            seen.ask(command, **about)


_RULES = (
    [{"roles": ["CLIENT"]}],
    [{"sources": ["Fair"]}, {"open_interest": True}],
    [{"roles": ["SUPPLIER", "CLIENT"]}, {"no_interaction_within_days": 3}],
)


class Happenings:
    """Things that happen to partners, by chance."""

    def __init__(self, contacts: Contacts, draw: random.Random) -> None:
        self.contacts, self.draw = contacts, draw
        self.partners = [partner(contacts, source=draw.choice(["Fair", "Web", None])) for _ in range(3)]
        self.interests: list[str] = []

    def step(self) -> None:
        """Let one thing happen."""
        ask, one = self.contacts.ask, self.draw.choice(self.partners)
        match self.draw.randrange(5):
            case 0:
                roles = self.draw.sample(["CLIENT", "SUPPLIER", "COMPETITOR"], k=self.draw.randrange(1, 3))
                ask("change_partner", partner_id=one, roles=roles)
            case 1:
                self.partners.append(partner(self.contacts, source="Fair", interest=self.draw.choice([None, "pipes"])))
            case 2:
                self.interests.append(ask("register_interest", partner_id=one, text="pipes")["id"])
            case 3 if self.interests:
                ask("close_interest", interest_id=self.interests.pop(), status="MET")
            case _:
                ask("register_interaction", kind="CALL", partner_ids=[one])


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32), match=st.sampled_from(["ALL", "ANY"]))
def test_whatever_happens_members_are_those_whom_the_rule_names(
    database_backend: Backend, seed: int, match: str
) -> None:
    with opened(database_backend, "contacts", metadata) as database:
        _let_things_happen(Contacts(database, HEAD), random.Random(seed), match)


def _let_things_happen(head: Contacts, draw: random.Random, match: str) -> None:
    made = [ruled(head, *rule, match=match, name=str(new_id(0))) for rule in _RULES]
    happenings = Happenings(head, draw)
    for _ in range(6):
        happenings.step()
    settle(head)
    with head.database.transaction() as tx:
        for segment in Segments(tx).ruled():
            assert Segments(tx).out_of_line(segment) == ([], [])  # what a full evaluation would change
    told: dict[tuple[str, str], str] = {}
    for type, data in head.told():
        if type in ("segment.member_added", "segment.member_removed"):
            told[data["segment_id"], data["partner_id"]] = type
    for segment in made:
        believed = [who for (of, who), type in told.items() if (of, type) == (segment["id"], "segment.member_added")]
        assert len(believed) == len(members(head, segment))  # whoever only listens knows the same
