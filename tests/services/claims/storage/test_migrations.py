"""The migrations say the same as the tables."""

from __future__ import annotations

from chassis.store.migrate import differences
from tests.services.claims.conftest import Claims


def test_migrations_match_the_tables(claims: Claims) -> None:
    assert differences(claims.database) == []
