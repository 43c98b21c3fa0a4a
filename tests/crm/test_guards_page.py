"""The page of the guards as it is committed."""

from __future__ import annotations

from pathlib import Path

from crm.guards_page import page


def test_every_guard_is_documented_as_the_catalogue_has_it() -> None:
    committed = Path(__file__).parents[2] / "docs" / "guards.md"
    assert committed.read_text() == page(), "make schema writes it anew"
