"""Resolving claims."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chassis.errors import Forbidden, Refused
from chassis.ids import new_id
from tests.services.claims.conftest import HEAD, IMPORTER, Claims, manager


def test_a_resolved_claim_credits_who_had_it(claims: Claims) -> None:
    claim, ann = claims.register(), new_id(0x102)
    claims.ask("assign_claim", claim_id=claim["id"], manager_id=ann)
    resolved = claims.ask("resolve_claim", claim_id=claim["id"], resolution="Sent two new boxes")
    assert (resolved["status"], resolved["resolution"], resolved["version"]) == ("RESOLVED", "Sent two new boxes", 3)
    type, event = claims.told()[-2]
    assert type == "claim.resolved"
    assert (
        event.items()
        >= {
            "claim_id": claim["id"],
            "partner_id": claim["partner_id"],
            "deal_id": claim["deal_id"],
            "manager_id": str(ann),
            "registered_at": claim["registered_at"],
            "severity": "NORMAL",
            "sequence": 3,
            "occurred_at": resolved["resolved_at"],
        }.items()
    )


def test_it_is_resolved_once(claims: Claims) -> None:
    claim = claims.register()
    claims.ask("resolve_claim", claim_id=claim["id"], resolution="Paid back")
    for method, asked in (("resolve_claim", {"resolution": "Again"}), ("assign_claim", {"manager_id": new_id(0x102)})):
        with pytest.raises(Refused, match="ALREADY_RESOLVED"):
            claims.ask(method, claim_id=claim["id"], **asked)
    assert [type for type, _ in claims.told()] == ["claim.registered", "claim.resolved", "satisfaction.requested"]


def test_who_resolves_a_claim_that_nobody_has_takes_it(claims: Claims) -> None:
    ann, partner = new_id(0x102), new_id(0x101)
    claims.hear("contacts", "partner.registered", partner_id=partner, manager_id=ann)
    claim = claims.register(partner_id=partner)
    resolved = claims.ask("resolve_claim", manager(ann), claim_id=claim["id"], resolution="Explained")
    assert resolved["assignee_id"] == str(ann)


def test_a_resolution_says_something(claims: Claims) -> None:
    claim = claims.register()
    with pytest.raises(Refused) as refusal:
        claims.ask("resolve_claim", claim_id=claim["id"], resolution=" ")
    assert [(p.code, p.field) for p in refusal.value.problems] == [("REQUIRED", ("resolution",))]


def test_only_importers_say_when(claims: Claims) -> None:
    claim = claims.register(IMPORTER, occurred_at=datetime(2017, 3, 2, tzinfo=UTC))
    asked = {"claim_id": claim["id"], "resolution": "Paid back"}
    with pytest.raises(Forbidden):
        claims.ask("resolve_claim", HEAD, **asked, occurred_at=datetime(2017, 3, 3, tzinfo=UTC))
    resolved = claims.ask("resolve_claim", IMPORTER, **asked, occurred_at=datetime(2017, 3, 3, tzinfo=UTC))
    assert resolved["resolved_at"] == "2017-03-03T00:00:00Z"
