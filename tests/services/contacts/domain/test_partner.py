"""A partner's roles and changes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Refused
from services.contacts.domain.partner import Partner, Role

MARCH = datetime(2017, 3, 1, tzinfo=UTC)
some_roles = st.sets(st.sampled_from(Role), min_size=1)


def test_who_becomes_a_client_is_no_prospect_any_more() -> None:
    client = _partner({Role.PROSPECT, Role.SUPPLIER}).become_client()
    assert client.roles == {Role.CLIENT, Role.SUPPLIER}
    assert client.become_client() == client


@given(some_roles, st.lists(some_roles, max_size=4))
def test_roles_only_grow_and_nobody_is_client_and_prospect(first: set[Role], more: list[set[Role]]) -> None:
    partner = _partner(first)
    for roles in more:
        before, partner = partner, partner.with_roles(roles)
        assert partner.roles >= before.roles - {Role.PROSPECT}
        assert not {Role.CLIENT, Role.PROSPECT} <= partner.roles
        assert partner.with_roles(roles) == partner
    assert (Role.CLIENT in partner.roles) == any(Role.CLIENT in roles for roles in [first, *more])


def test_a_partner_without_name_and_role_is_refused_once_for_both() -> None:
    with pytest.raises(Refused) as refusal:
        Partner.register(name="  ", roles=[], at=MARCH)
    assert {p.field for p in refusal.value.problems} == {("name",), ("roles",)}


def test_differences_name_the_fields() -> None:
    partner = _partner({Role.PROSPECT})
    assert partner.renamed("Other").become_client().differences(partner) == ("name", "roles")


def _partner(roles: set[Role]) -> Partner:
    return Partner.register(name="Acme", roles=roles, at=MARCH)
