"""Writing what changed of a partner, a person or a legal entity: the row, the record of the change, and the event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.partner import Partner
from services.contacts.domain.person import ContactPerson
from services.contacts.events import LegalEntityChanged, PartnerChanged, PartnerMerged, PartnerUnmerged, PersonChanged
from services.contacts.storage.changes import Changes, Lists, Thing
from services.contacts.storage.duplicate_pairs import look_for_duplicates, partners_behind
from services.contacts.storage.legal_entities import LegalEntities
from services.contacts.storage.partners import Partners
from services.contacts.storage.persons import Persons
from services.contacts.storage.timeline import tell

T = TypeVar("T", bound=Thing)


def save_change(before: T, after: T, lists: Lists, tx: Transaction, actor: Actor) -> T:
    """Write, keep and tell what changed, and give the thing as it is now; where nothing differs do nothing."""
    changed = (*after.differences(before), *lists)
    if not changed:
        return before
    saved = after.next_version()
    if isinstance(saved, Partner):
        Partners(tx).save([saved])
        tx.emit(PartnerChanged.of(saved, changed, tx.now))
    elif isinstance(saved, ContactPerson):
        Persons(tx).save([saved])
        tx.emit(PersonChanged.of(saved, changed, tx.now))
    elif isinstance(saved, LegalEntity):
        LegalEntities(tx).save([saved])
        tx.emit(LegalEntityChanged.of(saved, changed, tx.now))
    Changes(tx, actor).record(before, saved, lists)
    look_for_duplicates(tx, partners_behind(tx.connection, saved.id))
    return saved


def save_merge(
    pointer: tuple[Partner, Partner],
    survivor: Partner,
    merged_with_it: tuple[Sequence[UUID], Sequence[UUID]],
    told: PartnerMerged | PartnerUnmerged,
    tx: Transaction,
    actor: Actor,
) -> None:
    """Write, keep and tell that a partner points to another, or does so no more; both count a change."""
    before, after = pointer[0], pointer[1].next_version()
    counted = survivor.next_version()
    Partners(tx).save([after, counted])
    was, now = (sorted(ids) for ids in merged_with_it)
    Changes(tx, actor).record_all([(before, after, {}), (survivor, counted, {"merged": (was, now)})])
    tell(tx, told)
