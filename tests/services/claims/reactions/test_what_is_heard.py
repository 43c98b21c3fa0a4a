"""What claims remembers of what other services own: the newest, once, and no more than it needs."""

from __future__ import annotations

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
    assert rows(claims, deals) == [(deal, partner, 4)]
    assert rows(claims, claims.database.tables.parked) == []


def test_what_is_no_event_is_parked(claims: Claims) -> None:
    claims.hear("contacts", "partner.registered", partner_id="not an id")
    assert rows(claims, partners) == []
    [parked] = rows(claims, claims.database.tables.parked)
    assert "know_partner: Refused" in str(parked)
