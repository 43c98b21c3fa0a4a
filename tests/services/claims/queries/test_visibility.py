"""Every path shows an actor the same claims: those assigned within their reach and those of its partners."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.errors import Forbidden
from chassis.ids import new_id
from tests.services.claims.conftest import HEAD, Claims, manager


@dataclass
class Office:
    """Ann and Ben in the north, Cid in the south; a partner of each of Ann and Cid, one of nobody, one unheard of."""

    ann: UUID
    ben: UUID
    cid: UUID
    north: UUID
    partners: dict[str, UUID]
    claims: dict[str, str]


@pytest.fixture
def office(claims: Claims) -> Office:
    ann, ben, cid = (new_id(0x102) for _ in range(3))
    north, south = new_id(0x103), new_id(0x103)
    for who, team in ((ann, north), (ben, north), (cid, south)):
        claims.hear("contacts", "manager.registered", manager_id=who, team_id=team)
    partners: dict[str, UUID] = {name: new_id(0x101) for name in ("ann", "cid", "nobody", "unheard")}
    managed_by: dict[str, UUID | None] = {"ann": ann, "cid": cid, "nobody": None}
    for name, owner in managed_by.items():
        claims.hear("contacts", "partner.registered", partner_id=partners[name], manager_id=owner, roles=["CLIENT"])
    made = {name: claims.register(partner_id=partner)["id"] for name, partner in partners.items()}
    made["cid for ben"] = claims.register(partner_id=partners["cid"])["id"]
    claims.ask("assign_claim", claim_id=made["cid for ben"], manager_id=ben)
    return Office(ann, ben, cid, north, partners, made)


def seen(claims: Claims, office: Office, actor: Actor) -> set[str]:
    """Tell what an actor sees, having looked on every path."""
    names = {id: name for name, id in office.claims.items()}
    by_ids = claims.ask("claims_by_ids", actor, ids=list(names))["nodes"]
    listed = claims.ask("list_claims", actor, page={"total": True})
    pages = claims.ask("claims_of_partners", actor, partner_ids=list(office.partners.values()))["pages"]
    found = {names[claim["id"]] for claim in by_ids if claim is not None}
    assert {names[claim["id"]] for claim in listed["nodes"]} == found
    assert {names[claim["id"]] for page in pages for claim in page["nodes"]} == found
    assert listed["total"] == len(found)
    return found


def test_everyone_sees_what_is_theirs(claims: Claims, office: Office) -> None:
    assert seen(claims, office, HEAD) == set(office.claims)
    assert seen(claims, office, manager(office.ann)) == {"ann", "nobody"}
    assert seen(claims, office, manager(office.ben)) == {"nobody", "cid for ben"}
    assert seen(claims, office, manager(office.cid)) == {"cid", "nobody", "cid for ben"}
    assert seen(claims, office, manager(office.ben, team_ids=(office.north,))) == {"ann", "nobody", "cid for ben"}


def test_no_member_of_anything_sees_only_what_is_nobodys(claims: Claims, office: Office) -> None:
    actor = Actor(subject="guest", role="manager", scopes=frozenset({"read"}))
    assert seen(claims, office, actor) == {"nobody"}


def test_a_claim_follows_its_partner_to_another_manager(claims: Claims, office: Office) -> None:
    claims.hear("contacts", "partner.changed", 3, partner_id=office.partners["ann"], manager_id=office.cid)
    claims.hear("contacts", "partner.changed", 2, partner_id=office.partners["ann"], manager_id=office.ben)  # late
    assert "ann" not in seen(claims, office, manager(office.ann))
    assert "ann" not in seen(claims, office, manager(office.ben))
    assert "ann" in seen(claims, office, manager(office.cid))


def test_a_manager_takes_their_claims_to_another_team(claims: Claims, office: Office) -> None:
    lead = manager(new_id(0x102), team_ids=(office.north,))
    assert "cid for ben" in seen(claims, office, lead)
    claims.hear("contacts", "manager.changed", 2, manager_id=office.ben, team_id=None)
    assert "cid for ben" not in seen(claims, office, lead)


def test_reading_needs_its_scope(claims: Claims) -> None:
    with pytest.raises(Forbidden):
        claims.ask("list_claims", Actor(subject="x", role="x", reach="all", scopes=frozenset({"write"})))
