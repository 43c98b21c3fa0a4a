"""Changing one contact point on its owner's list: what the commands about contact points share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import Refused, refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.inputs import today
from services.contacts.commands.owners import Owner, lock_owner
from services.contacts.commands.saving import save_change
from services.contacts.domain.contact_point import ContactPoint
from services.contacts.storage.contact_points import ContactPoints, point_by_id, point_view, short
from services.contacts.storage.merged import survivors


@dataclass(frozen=True, kw_only=True)
class PointOnList:
    """A contact point, its owner, and the owner's points that have not ended.

    `of` is whom the point is shown with, who is held until the commit: the owner, or the survivor of an owner that was merged.
    """

    of: Owner
    owner_id: UUID
    point: ContactPoint
    listed: tuple[ContactPoint, ...]

    @property
    def has_ended(self) -> bool:
        """Whether the point is on the list no more."""
        return all(point.id != self.point.id for point in self.listed)


def find_point(point_id: UUID, tx: Transaction, actor: Actor, expected_version: int | None) -> PointOnList:
    """Find a contact point of someone in reach; raise Refused: NOT_FOUND, or CONFLICT for another version of the owner."""
    found = point_by_id(tx.connection, point_id)
    missing = refuse("NOT_FOUND", f"there is no contact point {point_id}", "contactPoint")
    if found is None:
        raise missing
    owner_id = found[0]
    shown_with = survivors(tx.connection, [owner_id]).get(owner_id, owner_id)
    try:
        owner = lock_owner(shown_with, tx, actor, expected_version=expected_version)
    except Refused as refusal:
        raise (missing if refusal.problems[0].code == "NOT_FOUND" else refusal) from refusal
    # again, now that nobody else can change it
    _, point = point_by_id(tx.connection, point_id) or found
    return PointOnList(of=owner, owner_id=owner_id, point=point, listed=ContactPoints(tx, actor).of(owner_id))


def save_list(
    owner: Owner, before: Sequence[ContactPoint], after: Sequence[ContactPoint], tx: Transaction, actor: Actor
) -> None:
    """Keep with the owner that its list of contact points changed, and tell it."""
    save_change(owner, owner, {"contact_points": (short(before), short(after))}, tx, actor)


def answered(point_id: UUID, tx: Transaction) -> Json:
    """Give a contact point that is known to be there as it is answered."""
    found = point_by_id(tx.connection, point_id)
    assert found is not None
    return point_view(*found)


def check_listed(found: PointOnList) -> None:
    """Raise Refused for a point that has ended."""
    if found.has_ended:
        raise refuse("ENDED", f"this contact point ended on {found.point.valid_to}; restore it first", "contactPoint")


def check_restorable(found: PointOnList, tx: Transaction) -> None:
    """Raise Refused for a point that has not ended."""
    if not found.has_ended:
        ends = found.point.valid_to
        when = "has no end" if ends is None else f"ends only on {ends}, after {today(tx)}"
        raise refuse("NOT_ENDED", f"this contact point {when}; there is nothing to restore", "contactPoint")
