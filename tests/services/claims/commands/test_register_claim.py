"""Registering claims."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from chassis.errors import Forbidden, Refused
from chassis.ids import kind_of, new_id
from tests.services.claims.conftest import HEAD, IMPORTER, Claims, manager


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[tuple[str, tuple[str, ...] | None]]:
    return [(problem.code, problem.field) for problem in refusal.value.problems]


def test_a_claim_is_registered_and_told(claims: Claims) -> None:
    partner, deal = new_id(0x101), new_id(0x202)
    claim = claims.register(partner_id=partner, deal_id=deal, severity="HIGH", description="Both of them")
    assert claim["number"] == "CLM-000001"
    assert claim["status"] == "REGISTERED"
    assert claim["version"] == 1
    [(type, event)] = claims.told()
    assert type == "claim.registered"
    assert (
        event.items()
        >= {
            "claim_id": claim["id"],
            "partner_id": str(partner),
            "deal_id": str(deal),
            "severity": "HIGH",
            "cause": "DELIVERY",
            "sequence": 1,
            "occurred_at": claim["registered_at"],
            "first_response_target_seconds": 2 * 3600,
            "resolution_target_seconds": 18 * 3600,
            "imported": False,
        }.items()
    )


def test_numbers_count_up_also_when_many_register_at_once(claims: Claims) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: claims.register(), range(12)))
    assert sorted(claim["number"] for claim in made) == [f"CLM-{n:06d}" for n in range(1, 13)]


def test_what_does_not_fit_is_refused_field_by_field(claims: Claims) -> None:
    with pytest.raises(Refused) as refusal:
        claims.register(subject="  ", cause="WEATHER", description="a\x00b")
    assert codes(refusal) == [("REQUIRED", ("subject",)), ("INVALID", ("cause",)), ("INVALID", ("description",))]
    assert claims.told() == []


def test_importers_place_claims_in_the_past(claims: Claims) -> None:
    long_ago = datetime(2017, 3, 1, tzinfo=UTC)
    claim = claims.register(IMPORTER, occurred_at=long_ago)
    assert claim["registered_at"] == "2017-03-01T00:00:00Z"
    with pytest.raises(Forbidden):
        claims.register(HEAD, occurred_at=long_ago)
    with pytest.raises(Refused) as refusal:
        claims.register(IMPORTER, occurred_at=datetime.now(UTC) + timedelta(minutes=1))
    assert codes(refusal) == [("OCCURRED_IN_FUTURE", ("occurredAt",))]


def test_another_managers_partner_is_not_there(claims: Claims) -> None:
    mine, other, partner = new_id(0x102), new_id(0x102), new_id(0x101)
    claims.hear("contacts", "partner.registered", partner_id=partner, roles=["CLIENT"], manager_id=other, source=None)
    with pytest.raises(Refused) as refusal:
        claims.register(manager(mine), partner_id=partner)
    assert codes(refusal) == [("NOT_FOUND", ("partner",))]
    claims.register(manager(other), partner_id=partner)


def test_a_partner_of_whom_nothing_was_heard_yet_may_claim(claims: Claims) -> None:
    assert claims.register(manager(new_id(0x102)))["number"] == "CLM-000001"


def test_a_deal_of_another_partner_is_refused(claims: Claims) -> None:
    partner, deal = new_id(0x101), new_id(0x202)
    claims.hear("deals", "deal.opened", deal_id=deal, partner_id=partner, stage="first_contact")
    with pytest.raises(Refused) as refusal:
        claims.register(deal_id=deal)
    assert codes(refusal) == [("DEAL_OF_ANOTHER_PARTNER", ("deal",))]
    claims.register(deal_id=deal, partner_id=partner)


def test_the_id_says_that_it_is_a_claims(claims: Claims) -> None:
    assert kind_of(UUID(claims.register()["id"])) == 0x301
