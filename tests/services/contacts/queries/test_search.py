"""Search: as someone types, by all that is written of partners, persons, legal entities and interactions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import Refused
from services.contacts.domain.search import asked_for, folded
from services.contacts.storage import search as index
from services.contacts.storage.search import finds
from services.contacts.storage.tables import search_entries
from tests.services.contacts.conftest import Contacts
from tests.services.contacts.talk import YESTERDAY, ann_and_bob, manager_of

_LISTS = ("list_partners", "list_contact_persons", "list_legal_entities")


def partner(contacts: Contacts, name: str = "Acme", **about: Any) -> Any:
    """Register a partner."""
    return contacts.ask("register_partner", name=name, **about)


def hits(contacts: Contacts, text: str, **about: Any) -> list[tuple[str, str]]:
    """Give the kind and the field of what is found, the likeliest first."""
    return [(hit["kind"], hit["field"]) for hit in contacts.ask("search", text=text, **about)["hits"]]


def ids(contacts: Contacts, text: str, **about: Any) -> list[str]:
    """Give the ids of what is found, the likeliest first."""
    return [hit["id"] for hit in contacts.ask("search", text=text, **about)["hits"]]


@pytest.fixture
def acme(contacts: Contacts) -> Any:
    """A partner of whom much is known."""
    return partner(
        contacts,
        "Рога и копыта",
        interest="seamless tubes",
        contact_points=[
            {"kind": "PHONE", "value": "+7 495 123-45-67"},
            {"kind": "EMAIL", "value": "sales@acme.example"},
        ],
        contact_persons=[{"full_name": "Пётр Иванов", "notes": "likes chess"}],
        legal_entities=[{"name": "Горизонт", "country": "RU", "tax_id": "7707083893"}],
    )


@pytest.mark.parametrize(
    ("text", "kind", "field"),
    [
        ("коп", "PARTNER", "name"),
        ("КОПЫТА рог", "PARTNER", "name"),
        ("seam", "PARTNER", "interest"),
        ("+7 (495) 123", "PARTNER", "contactPoint"),
        ("sales@acme.example", "PARTNER", "contactPoint"),
        ("петр", "CONTACT_PERSON", "fullName"),
        ("Пётр", "CONTACT_PERSON", "fullName"),
        ("chess", "CONTACT_PERSON", "notes"),
        ("770708", "LEGAL_ENTITY", "taxId"),
        ("гориз", "LEGAL_ENTITY", "name"),
    ],
)
def test_it_is_found_by_the_beginnings_of_words(
    contacts: Contacts, acme: Any, text: str, kind: str, field: str
) -> None:
    assert hits(contacts, text) == [(kind, field)]


@pytest.mark.parametrize("text", ["", " ", "!?", "копыто рыба", "опыта", "%", "_", "'"])
def test_what_nobody_wrote_is_not_found(contacts: Contacts, acme: Any, text: str) -> None:
    assert hits(contacts, text) == []


def test_interactions_are_found_by_what_was_said_and_stands(contacts: Contacts) -> None:
    about = {"partner_ids": [partner(contacts)["id"]]}
    call = contacts.ask("register_interaction", kind="CALL", title="Offer", text="They want bronze", **about)
    assert hits(contacts, "bronze") == [("INTERACTION", "text")]
    right = contacts.ask("correct_interaction", interaction_id=call["id"], text="They want copper")
    assert (hits(contacts, "bronze"), ids(contacts, "copper")) == ([], [right["id"]])


def test_what_changes_is_found_by_what_it_is_now(contacts: Contacts, acme: Any) -> None:
    contacts.ask("change_partner", partner_id=acme["id"], name="Silver", contact_points=[])
    assert (hits(contacts, "копыта"), hits(contacts, "sales")) == ([], [])
    assert hits(contacts, "silver") == [("PARTNER", "name")]
    person = acme["contact_persons"][0]["id"]
    contacts.ask("change_contact_person", contact_person_id=person, notes=None)
    assert hits(contacts, "chess") == []


def test_what_is_refused_leaves_nothing_to_be_found(contacts: Contacts) -> None:
    contacts.refused("register_partner", name="Acme", contact_points=[{"kind": "PHONE", "value": "x"}])
    assert hits(contacts, "acme") == []


def test_imported_partners_are_found(contacts: Contacts) -> None:
    contacts.ask("import_partners", rows=[{"external_ref": {"system": "old", "id": "1"}, "name": "Acme"}])
    contacts.ask("import_partners", rows=[{"external_ref": {"system": "old", "id": "1"}, "name": "Bolt"}])
    assert (hits(contacts, "acme"), hits(contacts, "bolt")) == ([], [("PARTNER", "name")])


def test_names_come_before_numbers_and_those_before_texts(contacts: Contacts) -> None:
    text = partner(contacts, "First", interest="steel")["id"]
    mail = partner(contacts, "Second", contact_points=[{"kind": "EMAIL", "value": "steel@x.example"}])["id"]
    later, begins, short = (partner(contacts, name)["id"] for name in ("Big steel", "Steel works", "Steel"))
    assert ids(contacts, "steel") == [short, begins, later, mail, text]
    assert ids(contacts, "steel", first=2) == [short, begins]


def test_accents_and_case_do_not_matter(contacts: Contacts) -> None:
    assert ids(contacts, "cafe") == []
    cafe = partner(contacts, "Café Łódź Øre")["id"]
    for text in ("cafe", "CAFÉ", "lodz", "øre", "ORE"):
        assert ids(contacts, text) == [cafe]
    yolk = partner(contacts, "Ёлочка")["id"]
    bay = partner(contacts, "Йод")["id"]
    assert (ids(contacts, "елоч"), ids(contacts, "ёлоч"), ids(contacts, "йод"), ids(contacts, "иод")) == (
        [yolk], [yolk], [bay], [],
    )  # fmt: skip


def test_other_forms_of_a_word_are_found_where_the_database_knows_them(contacts: Contacts) -> None:
    if contacts.database.is_sqlite:
        pytest.skip("SQLite goes by the beginnings of words")
    pipe = partner(contacts, "Стальная труба")["id"]
    company = partner(contacts, "Shipping companies")["id"]
    for text in ("трубы", "стальные трубы", "трубой"):
        assert ids(contacts, text) == [pipe]
    for text in ("company", "shipped company"):
        assert ids(contacts, text) == [company]
    late = partner(contacts, "Late delivery")["id"]
    assert ids(contacts, "deliveries") == ids(contacts, "late deliveries") == [late]


def test_only_some_kinds(contacts: Contacts, acme: Any) -> None:
    partner(contacts, "Петр и сыновья")
    assert hits(contacts, "петр") == [("CONTACT_PERSON", "fullName"), ("PARTNER", "name")]
    assert hits(contacts, "петр", kinds=["PARTNER"]) == [("PARTNER", "name")]
    assert hits(contacts, "петр", kinds=[]) == []


def test_search_keeps_within_reach(contacts: Contacts) -> None:
    ann, bob = (contacts.ask("register_manager", name=name)["id"] for name in ("Ann", "Bob"))
    about = {
        "contact_persons": [{"full_name": "Steel Joe"}],
        "legal_entities": [{"name": "Steel Inc", "country": "US"}],
    }
    hers = partner(contacts, "Steel", manager_id=ann, **about)["id"]
    contacts.ask("register_interaction", kind="CALL", title="Steel talk", partner_ids=[hers], manager_ids=[ann])
    for member, found in ((ann, 4), (bob, 0)):
        scopes = frozenset({"read", "write"})
        who = contacts.as_actor(Actor(subject="s", role="manager", member_id=UUID(member), scopes=scopes))
        assert len(hits(who, "steel")) == found
        assert len(who.ask("list_partners", search="steel")["nodes"]) == min(found, 1)


def test_lists_are_searched_the_same_way(contacts: Contacts, acme: Any) -> None:
    for text in ("копыт", "sales@acme.example", "seamless"):
        assert [one["id"] for one in contacts.ask("list_partners", search=text)["nodes"]] == [acme["id"]]
    assert len(contacts.ask("list_contact_persons", search="chess")["nodes"]) == 1
    assert len(contacts.ask("list_legal_entities", search="7707083893")["nodes"]) == 1
    assert contacts.ask("list_legal_entities", search="nothing")["nodes"] == []


def test_lists_find_the_same_among_many_as_among_few(contacts: Contacts, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"Steel {n}" for n in range(4)]
    made = [partner(contacts, name, contact_persons=[{"full_name": name}])["id"] for name in (*names, "Wood")]
    contacts.ask("merge_partners", survivor_id=made[4], merged_id=made[0])

    def found() -> list[Any]:
        pages = [contacts.ask(name, search="steel", page={"total": True}) for name in _LISTS]
        return [(page["total"], [node["id"] for node in page["nodes"]]) for page in pages]

    few = found()
    assert few[0] == (4, [made[1], made[2], made[3], made[4]])
    assert few[1][0] == 4
    monkeypatch.setattr(index, "_FEW", 2)
    assert found() == few


def test_pages_of_what_was_found_go_on_where_they_ended(contacts: Contacts, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [partner(contacts, f"Steel {n}")["id"] for n in range(5)]
    for few in (1000, 2, 1000):  # more may be found between two pages
        monkeypatch.setattr(index, "_FEW", few)
        for descending in (False, True):
            asked = {"search": "steel", "descending": descending}
            first = contacts.ask("list_partners", **asked, page={"first": 3})
            rest = contacts.ask("list_partners", **asked, page={"first": 3, "after": first["cursors"][-1]})
            found = [one["id"] for one in (*first["nodes"], *rest["nodes"])]
            assert found == (made[::-1] if descending else made)
        by_date = contacts.ask("list_partners", search="steel", order="REGISTERED_AT", page={"first": 2})
        after = {"first": 9, "after": by_date["cursors"][-1]}
        assert len(contacts.ask("list_partners", search="steel", order="REGISTERED_AT", page=after)["nodes"]) == 3


def test_too_much_is_refused(contacts: Contacts) -> None:
    with pytest.raises(Refused):
        contacts.ask("search", text="x" * 501)
    with pytest.raises(Refused):
        contacts.ask("search", text="x", first=101)
    contacts.ask("search", text="x" * 500)


def test_long_texts_and_words_are_kept(contacts: Contacts) -> None:
    partner_id = partner(contacts)["id"]
    contacts.ask("register_interaction", kind="NOTE", text="word " * 3999 + "end", partner_ids=[partner_id])
    contacts.ask("register_interaction", kind="NOTE", text="x" * 20_000, partner_ids=[partner_id])
    assert hits(contacts, "end") == [("INTERACTION", "text")]


def test_the_index_is_asked_where_the_database_has_one(contacts: Contacts) -> None:
    if contacts.database.is_sqlite:
        pytest.skip("SQLite reads all words")
    with contacts.database.transaction() as tx:
        read = sa.select(search_entries.c.thing_id).where(finds(tx.connection, "steel works"))
        tx.connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        statement = str(read.compile(tx.connection, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(tx.connection.exec_driver_sql(f"EXPLAIN {statement}").scalars())
    assert "ix_search_entries_document" in plan


def test_how_words_are_spelled() -> None:
    assert folded("Ёж & Café №5") == "еж cafe no5"
    assert asked_for("+7 (495) 123") == ["7495123"]
    assert asked_for("5 12") == ["5", "12"]
    assert asked_for("a a b") == ["a", "b"]
    assert len(asked_for(" ".join(f"w{n}" for n in range(50)))) == 10


def test_a_merged_partner_leads_to_the_one_that_it_turned_out_to_be(contacts: Contacts) -> None:
    acme, double = partner(contacts, "Acme")["id"], partner(contacts, "Akme")["id"]
    contacts.ask("merge_partners", survivor_id=acme, merged_id=double)
    assert ids(contacts, "akme") == ids(contacts, "acme") == [acme]
    assert [one["id"] for one in contacts.ask("list_partners", search="akme")["nodes"]] == [acme]


def test_the_list_of_interactions_is_searched_by_what_was_said_within_reach(contacts: Contacts) -> None:
    ann, bob = ann_and_bob(contacts)
    said = []
    for one, text in ((ann, "about pipes"), (ann, "about tables"), (bob, "more about pipes")):
        whom = {"partner_ids": [partner(one)["id"]], "manager_ids": [manager_of(one)]}
        said.append(one.ask("register_interaction", kind="NOTE", text=text, started_at=YESTERDAY, **whom)["id"])
    listed = [one["id"] for one in contacts.ask("list_interactions", search="pipes")["nodes"]]
    assert sorted(listed) == sorted([said[0], said[2]])
    assert [one["id"] for one in ann.ask("list_interactions", search="Pipes")["nodes"]] == [said[0]]
    assert ann.ask("list_interactions", search="chairs")["nodes"] == []
