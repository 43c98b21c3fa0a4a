"""What claims remembers of what other services own: the newest, once, and no more than it needs."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from chassis.ids import new_id
from services.claims.storage.tables import deals, managers, partners
from tests.services.claims.conftest import Claims


def rows(claims: Claims, table: sa.Table) -> list[tuple[object, ...]]:
    with claims.database.reading() as reading:
        return [tuple(row) for row in reading.connection.execute(sa.select(table))]


def test_each_thing_is_kept_as_of_its_newest_event(claims: Claims) -> None:
    partner, ann, deal, team = new_id(0x101), new_id(0x102), new_id(0x202), new_id(0x103)
    claims.hear("contacts", "partner.changed", 2, partner_id=partner, manager_id=ann, roles=["CLIENT"], changed=["x"])
    claims.hear("contacts", "partner.registered", 1, partner_id=partner, manager_id=None, roles=["PROSPECT"])
    claims.hear("contacts", "manager.registered", 1, manager_id=ann, team_id=None)
    claims.hear("contacts", "manager.changed", 2, manager_id=ann, team_id=team)
    claims.hear("deals", "deal.opened", 1, deal_id=deal, partner_id=None, stage="first_contact")
    claims.hear("deals", "deal.changed", 4, deal_id=deal, partner_id=partner, changed=["partner"])
    assert rows(claims, partners) == [(partner, ann, 2)]
    assert rows(claims, managers) == [(ann, team, 2)]
    assert rows(claims, deals) == [(deal, partner, 4, None)]
    assert rows(claims, claims.database.tables.parked) == []


def test_claims_of_merged_deals_are_shown_with_the_survivor_until_that_is_undone(claims: Claims) -> None:
    partner = new_id(0x101)
    first, second, last, other = (new_id(0x202) for _ in range(4))
    made = {deal: claims.register(partner_id=partner, deal_id=deal)["id"] for deal in (first, second, last, other)}

    def shown(*deals: UUID) -> list[set[str]]:
        pages = claims.ask("claims_of_deals", deal_ids=list(deals))["pages"]
        return [{claim["id"] for claim in page["nodes"]} for page in pages]

    claims.hear("deals", "deal.merged", 4, deal_id=first, partner_id=partner, into_id=second)
    claims.hear("deals", "deal.merged", 2, deal_id=second, partner_id=partner, into_id=last)
    assert shown(last, other) == [{made[first], made[second], made[last]}, {made[other]}]

    claims.hear("deals", "deal.unmerged", 6, deal_id=second, partner_id=partner, from_id=last)
    claims.hear("deals", "deal.merged", 5, deal_id=second, partner_id=partner, into_id=last)  # comes late
    assert shown(last, second) == [{made[last]}, {made[first], made[second]}]


def test_what_is_no_event_is_parked(claims: Claims) -> None:
    claims.hear("contacts", "partner.registered", partner_id="not an id")
    assert rows(claims, partners) == []
    [parked] = rows(claims, claims.database.tables.parked)
    assert "know_partner: Refused" in str(parked)
