"""Merging partners that turned out to be one: by a pointer, which undoing takes away again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from chassis.errors import refuse
from services.contacts.domain.contact_point import ContactPoint, ContactPointKind
from services.contacts.domain.partner import Partner

FILLED = ("source", "interest", "external_ref")
"""What a survivor shows of those merged into it where it has none of its own."""

_COMPARED = ("name", "manager_id", "parent_id", *FILLED)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A fact that two partners tell differently."""

    field: str
    survivor: object
    merged: object


def merge_into(merged: Partner, survivor: Partner, above_survivor: Collection[UUID]) -> Partner:
    """Point from one partner to the one that it turned out to be; raise Refused where these are one, or one is below the other.

    `above_survivor` are the survivor and all that it is a branch of.
    """
    if merged.id == survivor.id:
        raise refuse("SAME_PARTNER", "a partner cannot be merged into itself; name another one", "merged")
    if merged.id in above_survivor:
        message = "the survivor is a branch of the other partner, and would come to be below itself: merge the other way round"
        raise refuse("PARTNER_WITHIN_ITSELF", message, "merged")
    return replace(merged, merged_into_id=survivor.id, survivor_id=survivor.id)


def take_back(merged: Partner) -> Partner:
    """Take the pointer of a partner away; raise Refused where it has none."""
    if merged.merged_into_id is None:
        raise refuse("NOT_MERGED", "this partner stands by itself; there is nothing to undo", "partner")
    return replace(merged, merged_into_id=None, survivor_id=None)


def merged_below(partner_id: UUID, pointers: Mapping[UUID, UUID]) -> set[UUID]:
    """Tell which partners were merged into one, directly or by way of others."""
    found: set[UUID] = set()
    ends = {partner_id}
    while ends:
        ends = {merged for merged, into in pointers.items() if into in ends}
        found |= ends
    return found


def taken_over(survivor: Partner, merged: Partner) -> list[str]:
    """Name the facts that a survivor would show of another partner, having none of its own."""
    return [name for name in FILLED if getattr(survivor, name) is None and getattr(merged, name) is not None]


def conflicts(survivor: Partner, merged: Partner) -> list[Difference]:
    """Give the facts that both tell differently: the survivor's stand while they are merged."""
    filled = taken_over(survivor, merged)
    return [
        Difference(field=name, survivor=mine, merged=theirs)
        for name in _COMPARED
        if name not in filled
        and (theirs := getattr(merged, name)) is not None
        and (mine := getattr(survivor, name)) != theirs
    ]


def united_points(lists: Sequence[Sequence[ContactPoint]]) -> tuple[ContactPoint, ...]:
    """Give the contact points of several partners as those of one: each once, one primary of a kind, the first list's first."""
    points: dict[object, ContactPoint] = {}
    primaries: set[ContactPointKind] = set()
    for point in (point for one in lists for point in one):
        if point.key in points:
            continue
        shown = point if not point.primary or point.kind not in primaries else replace(point, primary=False)
        points[point.key] = shown
        if shown.primary:
            primaries.add(shown.kind)
    return tuple(points.values())
