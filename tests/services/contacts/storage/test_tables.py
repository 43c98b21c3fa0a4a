"""The migrations and the tables say the same."""

from __future__ import annotations

from chassis.store.migrate import differences
from tests.services.contacts.conftest import Contacts


def test_the_migrations_make_the_tables(contacts: Contacts) -> None:
    assert differences(contacts.database) == []
