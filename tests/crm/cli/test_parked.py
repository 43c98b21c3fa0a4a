"""`crm parked` and `crm migrate` on a service's database."""

from __future__ import annotations

import pytest

from chassis.bus.envelope import Message
from chassis.settings import load_settings
from crm.system import databases, inbox_of
from tests.crm.conftest import Crm

DEALS = ("--service", "deals")


@pytest.fixture
def garbage(crm: Crm, capsys: pytest.CaptureFixture[str]) -> str:
    """A message that is none, parked with deals; gives its id."""
    assert crm("migrate", "deals") == 0
    settings = load_settings()
    with databases(settings, ["deals"]) as opened:
        inbox_of(settings, "deals", opened["deals"]).receive([Message(headers={"colour": "red"}, body=b"\xff garbage")])
    capsys.readouterr()
    assert crm("parked", "list", *DEALS) == 0
    header, line = capsys.readouterr().out.splitlines()
    assert header.split()[:3] == ["id", "service", "state"]
    return line.split()[0]


def test_nothing_is_parked(crm: Crm, capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("migrate", "deals") == 0
    assert crm("parked", "list", *DEALS) == 0
    assert capsys.readouterr().out == "nothing is parked\n"


def test_show(crm: Crm, garbage: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("parked", "show", garbage[:-3], *DEALS) == 0
    output = capsys.readouterr().out
    assert "service: deals\n" in output
    assert "header colour: red\n" in output
    assert "body: \\xff garbage\n" in output


def test_retry_says_why_it_failed_again(crm: Crm, garbage: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("parked", "retry", "--all", *DEALS) == 1
    assert capsys.readouterr().out.startswith(f"{garbage}: failed again: Undecodable")


def test_drop(crm: Crm, garbage: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("parked", "drop", garbage, *DEALS) == 0
    assert crm("parked", "list", *DEALS) == 0
    assert capsys.readouterr().out.endswith("nothing is parked\n")


def test_an_id_that_is_not_there(crm: Crm, garbage: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("parked", "drop", "ffff", *DEALS) == 2
    assert "nothing is parked under 'ffff'" in capsys.readouterr().err
