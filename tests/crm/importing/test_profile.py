"""A wrong profile is refused by the name of its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from chassis.errors import Misconfigured
from crm.importing.profile import Kind, load_profile
from tests.crm.contacts_set import PROFILE as CONTACTS
from tests.crm.sales_set import PROFILE

GOOD = """
system = "old"
[maps.states]
W = "WON"
[[files]]
name = "deals.csv"
kind = "deals"
[files.fields]
id = "number"
process = { value = "manual" }
title = { template = "{product} {number}" }
created_at = "opened"
outcome = { column = "state", map = "states" }
closed_at = "closed"
"""


def load(folder: Path, text: str) -> None:
    path = folder / "profile.toml"
    path.write_text(text)
    load_profile(path)


@pytest.mark.parametrize(
    ("name", "sheet"), [("people.xlsx", ""), ("people.csv", 'sheet = "People"'), ("people.xlsx", 'sheet = ""')]
)
def test_a_workbook_and_no_other_file_has_a_sheet(tmp_path: Path, name: str, sheet: str) -> None:
    text = (
        f'system = "old"\n[[files]]\nname = "{name}"\n{sheet}\nkind = "managers"\nfields = {{ id = "a", name = "b" }}'
    )
    with pytest.raises(Misconfigured, match="sheet"):
        load(tmp_path, text)


def test_the_example_of_contacts_fits() -> None:
    profile = load_profile(CONTACTS)
    assert [file.kind for file in profile.files] == [Kind.PARTNERS, Kind.PERSONS, Kind.INTERACTIONS]


def test_the_example_fits() -> None:
    profile = load_profile(PROFILE)
    assert [file.kind for file in profile.files] == [Kind.MANAGERS, Kind.PARTNERS, Kind.DEALS]


def test_a_good_profile_names_the_columns_it_reads(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(GOOD)
    assert load_profile(path).files[0].columns == {"number", "product", "opened", "state", "closed"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('system = "old"', "", "system: this key is missing"),
        ('system = "old"', 'system = "old"\ncolour = "red"', "colour: there is no such key"),
        ('system = "old"', 'system = "old"\ntime_zone = "Mars/Base"', "time_zone: 'Mars/Base' is not a time zone"),
        ('kind = "deals"', 'kind = "stars"', "files.1.kind"),
        ('kind = "deals"', 'kind = "deals"\nencoding = "klingon"', "files.1.encoding: 'klingon'"),
        (
            'kind = "deals"',
            'kind = "deals"\nencoding = "utf-16"',
            "files.1.encoding: 'utf-16' is not a superset of ASCII",
        ),
        ('name = "deals.csv"', 'name = "../deals.csv"', "files.1.name: is a name within the folder"),
        ('id = "number"', "", "files.1: fields.id: deals need this field"),
        ('id = "number"', 'id = "number"\nshoe = "x"', "files.1: fields.shoe: deals have no such field"),
        ('id = "number"', 'id = { colum = "number" }', "files.1.fields.id.colum: there is no such key"),
        (
            'id = "number"',
            'id = { column = "a", value = "b" }',
            "files.1.fields.id: give one of column, value or template",
        ),
        ('id = "number"', "id = 5", "files.1.fields.id"),
        ('id = "number"', 'id = { template = "{a:>5}" }', "files.1.fields.id: the template"),
        ('map = "states"', 'map = "planets"', "files.1.fields.outcome.map: there is no [maps.planets]"),
        ('closed_at = "closed"', "", "files.1: fields.closed_at: an outcome needs the date"),
        ('closed_at = "closed"', 'closed_at = "closed"\namount = "sum"', "files.1: fields.currency: an amount needs"),
        ("[[files]]", "[[files", "is not TOML"),
    ],
)
def test_a_fault_names_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(Misconfigured) as raised:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert said in str(raised.value)


def test_a_history_needs_its_deals(tmp_path: Path) -> None:
    text = '[[files]]\nname = "h.csv"\nkind = "deal-history"\n[files.fields]\ndeal = "d"\nstage = "s"\nat = "a"\n'
    with pytest.raises(Misconfigured, match="imported with its deals"):
        load(tmp_path, f'system = "old"\n{text}')
