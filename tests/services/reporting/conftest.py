"""The reporting service on a fresh database of each kind."""

from __future__ import annotations

import pytest

from services.reporting.storage.tables import metadata
from tests.services.reporting.world import World
from tests.support.databases import OpenDatabase


@pytest.fixture
def world(open_database: OpenDatabase) -> World:
    """A reporting service that has heard of nothing."""
    return World(open_database("reporting", metadata))
