"""What the migrations make is what the code expects, in every service."""

from __future__ import annotations

import pytest

from chassis.store.migrate import differences
from crm.system import SERVICES, metadata_of
from tests.support.databases import OpenDatabase


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")  # of SQLite
@pytest.mark.parametrize("service", SERVICES)
def test_migrations_make_the_tables(open_database: OpenDatabase, service: str) -> None:
    assert differences(open_database(service, metadata_of(service))) == []
