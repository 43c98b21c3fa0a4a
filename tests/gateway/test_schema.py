"""The schema as it is committed."""

from __future__ import annotations

from pathlib import Path

from gateway.schema import printed


def test_committed_schema_is_the_one_that_is_served() -> None:
    committed = Path(__file__).parents[2] / "schema.graphql"
    assert committed.read_text() == printed(), "make schema writes it anew"
