"""Two requests at once, where the database lets both in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.errors import Refused
from tests.services.contacts.conftest import Contacts


def test_of_many_with_one_reference_one_is_registered(contacts: Contacts) -> None:
    def register(n: int) -> str:
        try:
            ref = {"system": "old", "id": "1"}
            return str(contacts.ask("register_partner", name=f"Acme {n}", external_ref=ref)["id"])
        except Refused as refusal:
            return refusal.problems[0].code

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(register, range(6)))
    (partner,) = contacts.ask("list_partners")["nodes"]
    assert answers == sorted([partner["id"], *["EXTERNAL_REF_TAKEN"] * 5])
    assert contacts.told_types() == ["partner.registered"]


@pytest.mark.parametrize("name", ["import_partners", "import_managers", "import_persons", "import_interactions"])
def test_two_imports_of_the_same_rows_make_each_thing_once(contacts: Contacts, name: str) -> None:
    acme = contacts.ask("register_partner", name="Acme")["id"]
    told_before = len(contacts.told())
    about: dict[str, Any] = {
        "import_partners": {"name": "Row"},
        "import_managers": {"name": "Row"},
        "import_persons": {"full_name": "Row"},
        "import_interactions": {"kind": "CALL", "started_at": "2017-03-01T09:00:00Z", "partner_id": acme},
    }[name]
    rows = [{"external_ref": {"system": "old", "id": str(n)}, **about} for n in range(100)]

    def run(part: list[dict[str, Any]]) -> list[Any]:
        results: list[Any] = contacts.ask(name, rows=part)["results"]
        return results

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(run, [rows, rows[::-1]])
    assert [r["status"] for r in (*one, *other)].count("CREATED") == 100
    assert {p["code"] for r in (*one, *other) for p in r["problems"]} <= {"CONFLICT"}
    assert len(contacts.told()) - told_before == 100
