"""Lists of claims: filtered, sorted, page by page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.errors import Refused
from chassis.ids import new_id
from tests.services.claims.conftest import IMPORTER, Claims

DAY = timedelta(days=1)
START = datetime(2024, 1, 1, tzinfo=UTC)


def walk(claims: Claims, method: str, first: int, **query: Any) -> list[str]:
    """Read a list to its end, page by page."""
    found: list[str] = []
    after = None
    while True:
        page = claims.ask(method, **query, page={"first": first, "after": after})
        if "pages" in page:
            [page] = page["pages"]
        found += [claim["number"] for claim in page["nodes"]]
        if not page["has_next"]:
            return found
        after = page["cursors"][-1]


def test_pages_hold_everything_once_in_every_order(claims: Claims) -> None:
    severities = ["LOW", "CRITICAL", "NORMAL", "HIGH", "CRITICAL", "LOW", "NORMAL"]
    made = [
        claims.register(IMPORTER, severity=severity, occurred_at=START + DAY * (day % 3))
        for day, severity in enumerate(severities)
    ]
    ranks = ["LOW", "NORMAL", "HIGH", "CRITICAL"]

    def by_date(claim: Any) -> Any:
        return claim["registered_at"], claim["id"]

    def by_severity(claim: Any) -> Any:
        return ranks.index(claim["severity"]), *by_date(claim)

    for order, key in (("REGISTERED_AT", by_date), ("SEVERITY", by_severity)):
        for descending in (False, True):
            expected = [claim["number"] for claim in sorted(made, key=key, reverse=descending)]
            assert walk(claims, "list_claims", 2, order=order, descending=descending) == expected


def test_filters_narrow_together(claims: Claims) -> None:
    partner, deal, ann = new_id(0x101), new_id(0x202), new_id(0x102)
    one = claims.register(partner_id=partner, severity="HIGH", deal_id=deal)
    two = claims.register(partner_id=partner)
    claims.register()
    claims.ask("assign_claim", claim_id=two["id"], manager_id=ann)

    def numbers(**filter: Any) -> list[str]:
        return walk(claims, "list_claims", 10, filter=filter, descending=False)

    assert numbers(partner_ids=[partner]) == [one["number"], two["number"]]
    assert numbers(partner_ids=[partner], severities=["HIGH", "CRITICAL"]) == [one["number"]]
    assert numbers(deal_ids=[deal]) == [one["number"]]
    assert numbers(assignee_ids=[ann], statuses=["ASSIGNED"]) == [two["number"]]
    assert numbers(statuses=[]) == []


def test_each_partner_and_each_deal_has_its_page(claims: Claims) -> None:
    quiet, loud, deal = new_id(0x101), new_id(0x101), new_id(0x202)
    made = [claims.register(partner_id=loud, deal_id=deal)["number"] for _ in range(3)]
    newest_first = made[::-1]
    asked = {"first": 2, "total": True}
    pages = claims.ask("claims_of_partners", partner_ids=[quiet, loud], page=asked)["pages"]
    assert pages[0] == {"nodes": [], "cursors": [], "has_next": False, "total": 0}
    assert [claim["number"] for claim in pages[1]["nodes"]] == newest_first[:2]
    assert (pages[1]["has_next"], pages[1]["total"]) == (True, 3)
    assert walk(claims, "claims_of_partners", 1, partner_ids=[loud]) == newest_first
    assert walk(claims, "claims_of_deals", 2, deal_ids=[deal]) == newest_first


def test_pages_are_aligned_with_their_owners(claims: Claims) -> None:
    partners = [claims.register()["partner_id"] for _ in range(30)]
    pages = claims.ask("claims_of_partners", partner_ids=partners)["pages"]
    assert [page["nodes"][0]["partner_id"] for page in pages] == partners


def test_ids_come_back_aligned(claims: Claims) -> None:
    one, two = claims.register(), claims.register()
    asked = [two["id"], new_id(0x301), one["id"], two["id"]]
    assert claims.ask("claims_by_ids", ids=asked)["nodes"] == [two, None, one, two]


def test_another_lists_cursor_is_refused(claims: Claims) -> None:
    claims.register()
    cursor = claims.ask("list_claims")["cursors"][0]
    with pytest.raises(Refused, match="INVALID_CURSOR"):
        claims.ask("list_claims", order="SEVERITY", page={"after": cursor})
