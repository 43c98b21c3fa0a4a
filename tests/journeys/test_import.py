"""The import of a sales history, through the whole system."""

from __future__ import annotations

import csv
import secrets
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.crm.contacts_set import PROFILE as CONTACTS
from tests.crm.contacts_set import make_contacts_set
from tests.crm.sales_set import PROFILE, SalesSet, make_sales_set
from tests.support.system import System

Figures = dict[str, Any]


def test_the_figures_are_those_of_the_files(system: System, tmp_path: Path) -> None:
    sales = new_set(tmp_path)
    assert run_import(system, sales) == Done(
        0, f"deals: {len(sales.deals)} created, 0 updated, 0 unchanged, 0 rejected"
    )
    managers = imported_managers(system, sales)
    assert len(managers) == sales.managers
    assert len(set(managers.values())) == sales.teams
    eventually_equal(system, sales, plain_count(sales.deals))


def test_facts_keep_their_own_dates(system: System, tmp_path: Path) -> None:
    sales = new_set(tmp_path, deals=8)
    run_import(system, sales)
    won = next(deal for deal in sales.deals if deal["deal_stage"] == "Won")
    query = "query($text: String!) { deals(search: $text) { nodes { createdAt closedAt outcome partner { name } } } }"
    (found,) = system.ask(query, text=won["opportunity_id"])["deals"]["nodes"]
    assert found == {
        "createdAt": f"{won['created_on']}T00:00:00Z",
        "closedAt": f"{won['close_date']}T00:00:00Z",
        "outcome": "WON",
        "partner": {"name": won["account"]} if won["account"] else None,
    }


def test_a_second_run_changes_nothing(system: System, tmp_path: Path) -> None:
    sales = new_set(tmp_path)
    run_import(system, sales)
    eventually_equal(system, sales, plain_count(sales.deals))
    before = versions(system, sales)
    assert run_import(system, sales) == Done(
        0, f"deals: 0 created, 0 updated, {len(sales.deals)} unchanged, 0 rejected"
    )
    assert versions(system, sales) == before
    assert figures(system, sales) == plain_count(sales.deals)


def test_a_damaged_file_loses_no_good_row(system: System, tmp_path: Path) -> None:
    sales = new_set(tmp_path)
    damage: dict[int, str | bytes] = {
        3: sales.line(3).rsplit(",", 1)[0] + ",2017-13-01",
        11: sales.line(11).replace("Agent", "Stranger"),
        19: sales.line(19)[:19],
        27: sales.line(27).encode().replace(b"Agent", b"\xc4gent"),
        33: '"' + sales.line(33),
        41: sales.line(41).rsplit(",", 1)[0] + ",2999-01-01",
    }
    for line, text in damage.items():
        sales.change_line(line, text)
    assert run_import(system, sales).code == 1
    rejected = tmp_path / "sales_pipeline.csv.rejected.csv"
    with rejected.open(newline="") as stream:
        assert sorted(int(row["line"]) for row in csv.DictReader(stream)) == sorted(damage)
    good = [deal for line, deal in enumerate(sales.deals, start=2) if line not in damage]
    eventually_equal(system, sales, plain_count(good))


def test_people_and_what_was_said_with_them(system: System, tmp_path: Path) -> None:
    mark = f"{secrets.token_hex(4)} "
    make_contacts_set(tmp_path / "data", mark=mark)
    arguments = ["import", str(CONTACTS), "--from", str(tmp_path / "data"), "--rejects", str(tmp_path)]
    access = ["--url", system.url, "--token", system.token("integration")]
    command = [sys.executable, "-m", "crm", *arguments, *access]
    for created, unchanged in ((3, 0), (0, 3)):
        done = subprocess.run(command, cwd=CONTACTS.parents[2], capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stderr  # the call with somebody who is not there
        assert f"persons: {created} created, 0 updated, {unchanged} unchanged, 0 rejected" in done.stdout
        said = f"{min(created, 2)} created, 0 updated, {min(unchanged, 2)} unchanged, 1 rejected"
        assert f"interactions: {said}" in done.stdout
    query = """query($text: String!) { partners(search: $text) { nodes { name
      contactPersons { fullName role jobTitle birthday contactPoints { value } }
      interactions { nodes { title direction startedAt durationSeconds outcome { key } persons { fullName } } } } } }"""
    (acme,) = system.ask(query, text=f"{mark}Acme")["partners"]["nodes"]
    assert acme["contactPersons"][0] == {
        "fullName": f"{mark}Ann Graham",
        "role": "BUYER",
        "jobTitle": "Head of buying",
        "birthday": "1980-02-29",
        "contactPoints": [{"value": value} for value in ("+12125550123", "+12125550124", "person1@example.com")],
    }
    (call,) = acme["interactions"]["nodes"]
    assert (call["title"], call["direction"], call["durationSeconds"]) == ("Prices", "IN", 60)
    assert (call["startedAt"], call["outcome"]) == ("2017-03-01T09:00:00Z", {"key": "call_back"})
    assert [person["fullName"] for person in call["persons"]] == [f"{mark}Ann Graham", f"{mark}Bob Jones"]


@pytest.mark.slow
@pytest.mark.parametrize("service", ["contacts", "deals", "reporting", "gateway"])
def test_a_killed_service_costs_time_only(system: System, tmp_path: Path, service: str) -> None:
    if system.kind == "embedded" and service != "gateway":
        pytest.skip("they are one process: it is killed once")
    sales = new_set(tmp_path, deals=1000)
    importing = start_import(system, sales, "--batch", "25")
    wait_for_deals(system, sales)
    victim = system.processes["run" if system.kind == "embedded" else service]
    victim.kill()
    time.sleep(1)
    victim.start()
    output, _ = importing.communicate(timeout=100)
    assert importing.returncode == 0, output
    eventually_equal(system, sales, plain_count(sales.deals), seconds=60)


@dataclass(frozen=True)
class Done:
    """How an import ended, and what it said of the deals."""

    code: int
    deals: str


def new_set(folder: Path, *, deals: int = 60) -> SalesSet:
    """Make a history that no other test has."""
    return make_sales_set(folder / "data", deals=deals, mark=f"{secrets.token_hex(4)} ")


def start_import(system: System, sales: SalesSet, *options: str) -> subprocess.Popen[str]:
    """Start `crm import` as its user does."""
    arguments = ["import", str(PROFILE), "--from", str(sales.folder), "--rejects", str(sales.folder.parent)]
    access = ["--url", system.url, "--token", system.token("integration")]
    return subprocess.Popen(
        [sys.executable, "-m", "crm", *arguments, *access, *options],
        cwd=PROFILE.parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run_import(system: System, sales: SalesSet) -> Done:
    """Run `crm import` to its end."""
    importing = start_import(system, sales)
    output, _ = importing.communicate(timeout=100)
    said = [line for line in output.splitlines() if line.startswith("deals: ") and line.endswith("rejected")]
    assert said, output
    return Done(importing.returncode, said[0])


def imported_managers(system: System, sales: SalesSet) -> dict[str, str]:
    """Give the managers of a history by id, with their team's name."""
    names = {deal["sales_agent"] for deal in sales.deals}
    mark = sales.deals[0]["opportunity_id"].split()[0]
    found: dict[str, str] = {}
    after = None
    while True:
        query = """query($after: String) { managers(first: 100, after: $after) {
          nodes { id name team { name } } pageInfo { hasNextPage endCursor } } }"""
        page = system.ask(query, after=after)["managers"]
        found |= {node["id"]: node["team"]["name"] for node in page["nodes"] if node["name"].startswith(mark)}
        if not page["pageInfo"]["hasNextPage"]:
            assert len(found) >= len(names)
            return found
        after = page["pageInfo"]["endCursor"]


def figures(system: System, sales: SalesSet) -> Figures:
    """Read the reports, for the managers of this history alone."""
    answer = system.ask(
        """query($filter: ReportFilter) {
          whole: outcomes(filter: $filter) { won lost inProgress wonAmount unconverted winRate { numerator denominator } }
          months: outcomes(filter: $filter, groupBy: MONTH) { key won lost inProgress }
          managers: managerPerformance(filter: $filter) { manager { name } won lost inProgress wonAmount } }""",
        filter={"managers": list(imported_managers(system, sales))},
    )
    (whole,) = answer["whole"]
    assert whole["unconverted"] == 0
    return {
        "whole": (whole["won"], whole["lost"], whole["inProgress"], Decimal(whole["wonAmount"])),
        "win rate": (int(whole["winRate"]["numerator"]), int(whole["winRate"]["denominator"])),
        "months": {row["key"]: (row["won"], row["lost"], row["inProgress"]) for row in answer["months"]},
        "managers": {
            row["manager"]["name"]: (row["won"], row["lost"], row["inProgress"], Decimal(row["wonAmount"]))
            for row in answer["managers"]
        },
    }


def plain_count(deals: list[dict[str, str]]) -> Figures:
    """Count over the rows of the file."""

    def count(rows: list[dict[str, str]]) -> tuple[int, int, int]:
        outcomes = Counter(row["deal_stage"] for row in rows)
        return outcomes["Won"], outcomes["Lost"], outcomes["In_Progress"]

    def amount(rows: list[dict[str, str]]) -> Decimal:
        return sum((Decimal(row["close_value"] or 0) for row in rows if row["deal_stage"] == "Won"), Decimal(0))

    won, lost, _ = count(deals)
    months = {row["close_date"][:7] or None for row in deals}
    managers = {row["sales_agent"] for row in deals}
    of_month = {month: [row for row in deals if (row["close_date"][:7] or None) == month] for month in months}
    of_manager = {name: [row for row in deals if row["sales_agent"] == name] for name in managers}
    return {
        "whole": (*count(deals), amount(deals)),
        "win rate": (won, won + lost),
        "months": {month: count(rows) for month, rows in of_month.items()},
        "managers": {name: (*count(rows), amount(rows)) for name, rows in of_manager.items()},
    }


def eventually_equal(system: System, sales: SalesSet, expected: Figures, *, seconds: float = 30) -> None:
    """Wait until reporting has heard everything."""

    def equal() -> bool:
        assert figures(system, sales) == expected
        return True

    system.eventually(equal, seconds=seconds)


def versions(system: System, sales: SalesSet) -> dict[str, int]:
    """Give the versions of a history's deals, some of them."""
    mark = sales.deals[0]["opportunity_id"].split()[0]
    query = "query($text: String!) { deals(search: $text, first: 100) { nodes { id version } } }"
    found = {node["id"]: node["version"] for node in system.ask(query, text=mark)["deals"]["nodes"]}
    assert found
    return found


def wait_for_deals(system: System, sales: SalesSet) -> None:
    """Wait until some deals of a history are there, and not yet all."""
    mark = sales.deals[0]["opportunity_id"].split()[0]
    query = "query($text: String!) { deals(search: $text, first: 1) { totalCount } }"
    system.eventually(lambda: system.ask(query, text=mark)["deals"]["totalCount"] > 0)
