"""Ids tell their kind, and those of a kind sort as they were made."""

from __future__ import annotations

from chassis.ids import kind_of, new_id


def test_ids_of_a_kind_sort_as_they_were_made_also_within_a_millisecond() -> None:
    made = [new_id(0x101) for _ in range(20_000)]
    assert made == sorted(set(made))
    assert {kind_of(one) for one in made} == {0x101}
    assert len({one.int >> 80 for one in made}) < len(made)  # many fell into one millisecond
