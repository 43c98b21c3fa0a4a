"""A contact book of the first tables, taken over into those of today."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from chassis.ids import new_id
from chassis.store.database import Database
from chassis.store.migrate import migrate
from services.contacts.domain.kinds import CONTACT_PERSON, CONTACT_POINT, LEGAL_ENTITY, PARTNER
from services.contacts.storage.tables import metadata
from tests.services.contacts.conftest import Contacts
from tests.support.databases import migrations_of

MARCH = datetime(2026, 3, 1)  # noqa: DTZ001  as SQLite keeps it


def test_persons_points_entities_and_interests_are_taken_over(tmp_path: Path) -> None:
    database = Database("contacts", f"sqlite:///{tmp_path / 'old.sqlite3'}", metadata)
    migrate(database, migrations_of("contacts"), "0001")
    partner, person, entity = new_id(PARTNER), new_id(CONTACT_PERSON), new_id(LEGAL_ENTITY)
    with database.transaction() as tx:
        _insert(tx.connection, "partners", id=partner, version=1, name="Acme", name_search=" acme", is_prospect=True,
                is_client=False, is_supplier=False, is_competitor=False, interest="pipes", source="fair",
                registered_at=MARCH)  # fmt: skip
        _insert(tx.connection, "contact_persons", id=person, partner_id=partner, place=0, full_name="Ann Lee",
                job_title="Buyer")  # fmt: skip
        for owner, value in ((None, "+12125550123"), (person, "+12125550124")):
            _insert(tx.connection, "contact_points", id=new_id(CONTACT_POINT), partner_id=partner, person_id=owner,
                    place=0, kind="PHONE", value=value, original=value, is_primary=True)  # fmt: skip
        _insert(tx.connection, "legal_entities", id=entity, name="Acme Inc.", country="US",
                registration_reason_code="")  # fmt: skip
        _insert(tx.connection, "partner_legal_entities", partner_id=partner, legal_entity_id=entity, place=0)
    migrate(database, migrations_of("contacts"))
    contacts = Contacts(database)
    (found,) = contacts.ask("list_partners")["nodes"]
    (ann,) = found["contact_persons"]
    assert (ann["id"], ann["job_title"], ann["role"], ann["version"]) == (str(person), "Buyer", "OTHER", 1)
    assert [point["value"] for point in (*found["contact_points"], *ann["contact_points"])] == [
        "+12125550123",
        "+12125550124",
    ]
    assert [(one["id"], one["role"]) for one in found["legal_entities"]] == [(str(entity), "CONTRACTING")]
    assert [one["id"] for one in contacts.ask("list_contact_persons", search="lee")["nodes"]] == [str(person)]
    assert [one["id"] for one in contacts.ask("list_legal_entities", search="inc")["nodes"]] == [str(entity)]
    ((interest,),) = contacts.ask("interests_of_partners", partner_ids=[str(partner)])["interests"]
    assert (interest["text"], interest["source"], interest["status"]) == ("pipes", "fair", "OPEN")
    assert datetime.fromisoformat(interest["occurred_at"]) == MARCH.replace(tzinfo=UTC)
    database.close()


def _insert(connection: sa.Connection, table: str, **values: object) -> None:
    columns = [sa.column(name, sa.Uuid() if isinstance(value, UUID) else None) for name, value in values.items()]
    connection.execute(sa.table(table, *columns).insert(), values)
