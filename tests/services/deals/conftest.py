"""The deals service on a fresh database of each kind."""

from __future__ import annotations

import pytest

from services.deals.storage.tables import metadata
from tests.services.deals.world import World
from tests.support.databases import OpenDatabase


@pytest.fixture
def world(open_database: OpenDatabase) -> World:
    """A deals service with its shipped processes."""
    return World(open_database("deals", metadata))
