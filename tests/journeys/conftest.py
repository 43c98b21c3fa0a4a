"""The system that journeys go through: everything in one process, and a process each on RabbitMQ and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support import real
from tests.support.system import System, embedded_system, real_system


@pytest.fixture(scope="session", params=["embedded", "real"])
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running system, shared by all journeys: each makes the partners and deals that it looks at."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        with embedded_system(folder) as running:
            yield running
    else:
        with real_system(folder, real.RABBIT.find(), real.POSTGRES.find()) as running:
            yield running
