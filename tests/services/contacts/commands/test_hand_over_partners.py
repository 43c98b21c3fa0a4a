"""Handing a manager's partners and plans over to another one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.store.work import Caller, Work
from services.contacts.commands import hand_over_partners as use_case
from services.contacts.commands.hand_over_partners import HandOverPartners, hand_over_partners
from services.contacts.domain.kinds import DEAL, MANAGER, PARTNER
from tests.services.contacts.conftest import Contacts
from tests.services.contacts.settling import settle
from tests.services.contacts.talk import ahead, plan


@pytest.fixture
def staff(contacts: Contacts) -> tuple[str, str]:
    """Two managers: Ann, whose partners go to Bob."""
    ann, bob = (contacts.ask("register_manager", name=name)["id"] for name in ("Ann", "Bob"))
    return ann, bob


def partner(contacts: Contacts, manager: str | None, name: str = "Acme") -> str:
    """Register a partner of a manager."""
    return str(contacts.ask("register_partner", name=name, manager_id=manager)["id"])


def hand(contacts: Contacts, staff: tuple[str, str], **about: Any) -> Any:
    """Hand over from the one to the other."""
    return contacts.ask("hand_over_partners", from_manager_id=staff[0], to_manager_id=staff[1], **about)


def counts(handed: Any) -> tuple[int, int, int]:
    """Give how much went."""
    return handed["partners"], handed["interactions"], handed["reminders"]


def test_all_partners_with_their_plans_go_to_another_manager(contacts: Contacts, staff: tuple[str, str]) -> None:
    ann, bob = staff
    hers, his = partner(contacts, ann), partner(contacts, bob)
    visit = plan(
        contacts, partner_ids=[hers], manager_ids=[ann], starts_at=ahead(days=2), reminders=[{"minutes_before": 5}]
    )
    alone = contacts.ask("set_reminder", manager_id=ann, at=ahead(days=1))
    done = contacts.ask("register_interaction", kind="CALL", partner_ids=[hers], manager_ids=[ann])
    before = len(contacts.told())
    handed = hand(contacts, staff, reason="Ann leaves")
    assert (counts(handed), handed["completed"], handed["reason"]) == ((1, 1, 2), True, "Ann leaves")
    assert contacts.ask("partners_by_ids", ids=[hers])["nodes"][0]["manager_id"] == bob
    shown = contacts.ask("interactions_by_ids", ids=[visit["id"], done["id"]])["nodes"]
    assert [one["manager_ids"] for one in shown] == [[bob], [ann]]  # what took place stays as it was
    assert contacts.ask("reminders_by_ids", ids=[alone["id"]])["nodes"][0]["manager_id"] == bob
    told = contacts.told()[before:]
    assert [type for type, _ in told] == ["partner.changed", "partner.handed_over", "interaction.handed_over"]
    over = told[1][1]
    assert (over["partner_id"], over["old_manager_id"], over["manager_id"], over["deals"]) == (hers, ann, bob, True)
    assert told[0][1]["sequence"] == over["sequence"] == 2
    assert "Ann leaves" not in str(told)
    (page,) = contacts.ask("timelines_of", thing_ids=[hers])["pages"]
    assert page["nodes"][0]["kind"] == "PARTNER_HANDED_OVER"
    (page,) = contacts.ask("changes_of", thing_ids=[hers])["pages"]
    assert (page["nodes"][0]["field"], page["nodes"][0]["after"]) == ("manager", bob)
    assert contacts.ask("partners_by_ids", ids=[his])["nodes"][0]["version"] == 1
    assert counts(hand(contacts, staff)) == (0, 0, 0)


def test_only_named_partners_go_and_only_their_plans(contacts: Contacts, staff: tuple[str, str]) -> None:
    ann, bob = staff
    goes, stays = partner(contacts, ann, "Goes"), partner(contacts, ann, "Stays")
    deal = new_id(DEAL)
    contacts.hear("deal.opened", deal, deal_id=deal, partner_id=goes, manager_id=ann)
    kept = plan(contacts, partner_ids=[stays], manager_ids=[ann], starts_at=ahead(days=2))
    both = plan(contacts, partner_ids=[goes, stays], manager_ids=[ann, bob], starts_at=ahead(days=2))
    of_deal = contacts.ask("set_reminder", manager_id=ann, at=ahead(days=1), deal_id=str(deal))
    of_kept = contacts.ask("set_reminder", manager_id=ann, at=ahead(days=1), partner_id=stays)
    handed = hand(contacts, staff, partner_ids=[goes], deals=False)
    assert counts(handed) == (1, 1, 1)
    shown = contacts.ask("interactions_by_ids", ids=[kept["id"], both["id"]])["nodes"]
    assert [one["manager_ids"] for one in shown] == [[ann], [bob]]
    shown = contacts.ask("reminders_by_ids", ids=[of_deal["id"], of_kept["id"]])["nodes"]
    assert [one["manager_id"] for one in shown] == [bob, ann]
    over = next(data for type, data in contacts.told() if type == "partner.handed_over")
    assert over["deals"] is False
    assert counts(hand(contacts, staff, plans=False)) == (1, 0, 0)


def test_many_partners_go_in_batches(
    contacts: Contacts, staff: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use_case, "BATCH", 2)
    ann, bob = staff
    ids = [partner(contacts, ann, f"P{n}") for n in range(5)]
    contacts.ask("set_reminder", manager_id=ann, at=ahead(days=1))
    handed = hand(contacts, staff)
    assert (counts(handed), handed["completed"]) == ((2, 0, 0), False)
    contacts.ask("change_partner", partner_id=ids[-1], manager_id=None)  # meanwhile: it is not Ann's any more
    settle(contacts)
    (now,) = contacts.ask("hand_overs_by_ids", ids=[handed["id"]])["nodes"]
    assert (counts(now), now["completed"]) == ((4, 0, 1), True)
    nodes = contacts.ask("partners_by_ids", ids=ids)["nodes"]
    assert [node["manager_id"] for node in nodes] == [bob, bob, bob, bob, None]
    assert contacts.told_types().count("partner.handed_over") == 4


def test_a_repeat_under_one_key_hands_over_once(contacts: Contacts, staff: tuple[str, str]) -> None:
    partner(contacts, staff[0])
    work = Work(contacts.database, Caller(actor=contacts.actor, idempotency_key="k"))
    payload = {"from_manager_id": staff[0], "to_manager_id": staff[1]}
    first, again = (work.run(hand_over_partners, HandOverPartners, payload) for _ in range(2))
    assert first == again
    assert contacts.told_types().count("partner.handed_over") == 1


def test_what_does_not_fit_is_refused(contacts: Contacts, staff: tuple[str, str]) -> None:
    ann, bob = staff
    his, nobody = partner(contacts, bob), str(new_id(PARTNER))
    about = {"from_manager_id": ann, "to_manager_id": ann, "reason": "x" * 501, "partner_ids": [his, nobody]}
    assert contacts.refused("hand_over_partners", **about) == [
        ("SAME_MANAGER", "toManager"),
        ("TOO_LONG", "reason"),
        ("NOT_THEIR_PARTNER", "partners.0"),
        ("NOT_FOUND", "partners.1"),
    ]
    gone = str(new_id(MANAGER))
    assert contacts.refused("hand_over_partners", from_manager_id=ann, to_manager_id=gone) == [
        ("NOT_FOUND", "toManager")
    ]


def test_managers_hand_over_what_is_theirs(contacts: Contacts, staff: tuple[str, str]) -> None:
    ann, _bob = staff
    partner(contacts, ann)
    scopes = frozenset({"read", "write"})
    as_ann, as_bob = (
        contacts.as_actor(Actor(subject=id, role="manager", member_id=UUID(id), scopes=scopes)) for id in staff
    )
    with pytest.raises(Forbidden):
        hand(as_bob, staff)
    handed = hand(as_ann, staff)
    assert counts(handed) == (1, 0, 0)
    assert as_bob.ask("hand_overs_by_ids", ids=[handed["id"]])["nodes"] == [handed]
    eve = contacts.ask("register_manager", name="Eve")["id"]
    as_eve = contacts.as_actor(Actor(subject="Eve", role="manager", member_id=UUID(eve), scopes=scopes))
    assert as_eve.ask("hand_overs_by_ids", ids=[handed["id"]])["nodes"] == [None]
