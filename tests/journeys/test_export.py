"""The export of partners by the command line, through the whole system."""

from __future__ import annotations

import csv
import secrets
import subprocess
import sys
from pathlib import Path

import httpx
from python_calamine import load_workbook

from gateway.web.exports import restored
from tests.support.system import System

_MANAGER = "mutation($name: String!) { answer: registerManager(input: {name: $name}) { manager { id } } }"
_PARTNER = """mutation($name: String!, $manager: ID) {
  answer: registerPartner(input: {name: $name, manager: $manager}) { partner { id } errors { message } } }"""


def test_what_a_manager_may_see_comes_as_a_file_of_either_form(system: System, tmp_path: Path) -> None:
    mark = secrets.token_hex(4)
    ann, bob = (
        system.ask(_MANAGER, name=f"{name} {mark}")["answer"]["manager"]["id"] for name in ("Ann", "Bob")
    )  # fmt: skip
    names = [f"{start} {mark}" for start in ("=1+1", "@SUM", "Plain")]
    for name in names:
        system.ask(_PARTNER, name=name, manager=ann)
    system.ask(_PARTNER, name=f"Not Ann's {mark}", manager=bob)
    for form in ("csv", "xlsx"):
        export(system, tmp_path / f"partners.{form}", mark, system.token("manager", ann))
    with (tmp_path / "partners.csv").open(newline="", encoding="utf-8-sig") as stream:
        found = [row["name"] for row in csv.DictReader(stream)]
    assert found == [f"'{names[0]}", f"'{names[1]}", names[2]]
    assert [restored(name) for name in found] == names
    sheet = load_workbook(tmp_path / "partners.xlsx").get_sheet_by_index(0).to_python()
    assert [row[1] for row in sheet] == ["name", *names]


def test_there_is_no_other_table_and_none_without_a_token(system: System) -> None:
    bearer = {"Authorization": f"Bearer {system.token()}"}
    for path, headers, status in (
        ("managers.csv", bearer, 404),
        ("partners.pdf", bearer, 404),
        ("partners.csv", {}, 401),
    ):
        assert httpx.get(f"{system.url}/exports/{path}", headers=headers).status_code == status


def export(system: System, to: Path, search: str, token: str) -> None:
    """Run `crm export` to its end."""
    command = [sys.executable, "-m", "crm", "export", "partners", "--to", str(to), "--search", search]
    subprocess.run([*command, "--url", system.url, "--token", token], cwd=to.parent, check=True, timeout=60)
