"""Reports as files: what the API answers, laid flat."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from graphene.utils.str_converters import to_camel_case
from graphql import parse, validate
from python_calamine import load_workbook
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from gateway.auth import issue_token
from gateway.reporting.queries import ReportQueries
from gateway.reporting.tables import report_tables
from gateway.schema import schema
from tests.gateway.system import System

REPORTS = [to_camel_case(name) for name in ReportQueries._meta.fields]


def report(
    system: System, name: str, form: str = "csv", *, role: str = "admin", member: str | None = None, **parameters: Any
) -> Response:
    """Ask for a report; `period__from` stands for the parameter period.from."""
    query = {key.replace("__", "."): value for key, value in parameters.items()}
    headers = [("Authorization", f"Bearer {issue_token(system.settings, role, manager=member)}")]
    request = Request(
        EnvironBuilder(path=f"/exports/reports/{name}.{form}", query_string=query, headers=headers).get_environ()
    )
    return system.app.report(request, name, form)


def rows(response: Response) -> list[dict[str, str]]:
    assert (response.status_code, response.mimetype) == (200, "text/csv"), response.get_data()
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"), newline="")))


def error(response: Response) -> tuple[int, str, str]:
    (found,) = json.loads(response.get_data())["errors"]
    return response.status_code, found["extensions"]["code"], found["message"]


@pytest.fixture
def managers(system: System) -> list[str]:
    """Two managers, one with a deal that is won, of the product =1+1, the other with one that is lost."""
    ann, bob = (system.do("registerManager", "manager { id }", name=name)["manager"]["id"] for name in ("Ann", "Bob"))
    process = system.processes["manual_sale"]
    won = {"amount": {"amount": "100.50", "currency": "USD"}, "manager": ann, "products": ["=1+1"]}
    for about, close, more in ((won, "winDeal", {}), ({"manager": bob}, "loseDeal", {"reason": "price"})):
        deal = system.do("openDeal", "deal { id }", process=process, title="A deal", **about)["deal"]["id"]
        assert system.do(close, "deal { id }", deal=deal, **more)["errors"] == []
    return [ann, bob]


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_can_be_laid_flat(name: str) -> None:
    table = report_tables(schema, [name])[name]
    assert table.parts
    for part in table.parts.values():
        assert validate(schema, parse(table.document(part))) == []
        assert len(set(part.columns)) == len(part.columns) > 1


def test_a_funnel_has_a_row_for_each_stage(system: System, managers: list[str]) -> None:
    process = system.processes["manual_sale"]
    found = rows(report(system, "funnel", process=process))
    asked = system.ask(
        "query($p: ID!) { funnel(process: $p) { currency stages { stage { key } reached lostAmount hazard { value denominator } } } }",
        p=process,
    )["funnel"]
    assert [
        (row["currency"], row["stage.key"], int(row["reached"]), row["lostAmount"], row["hazard.denominator"])
        for row in found
    ] == [
        (asked["currency"], one["stage"]["key"], one["reached"], one["lostAmount"], one["hazard"]["denominator"])
        for one in asked["stages"]
    ]
    assert {row["process.key"] for row in found} == {"manual_sale"}
    assert all(row["asOf"] and row["freshness"] for row in found)


def test_texts_are_no_formulas_and_numbers_are_numbers(system: System, managers: list[str]) -> None:
    asked = {"groupBy": "PRODUCT"}
    assert [(row["key"], row["wonAmount"]) for row in rows(report(system, "outcomes", **asked))] == [
        ("'=1+1", "100.50"), ("", "0.00"),
    ]  # fmt: skip
    book = load_workbook(io.BytesIO(report(system, "outcomes", "xlsx", **asked).get_data()))
    head, product, _ = book.get_sheet_by_index(0).to_python()
    told = dict(zip(head, product, strict=True))
    assert (told["key"], told["won"], told["wonAmount"]) == ("=1+1", 1.0, 100.5)


def test_a_bare_list_says_of_when_its_rows_are(system: System, managers: list[str]) -> None:
    when = "2017-04-10T00:00:00Z"
    bare, report_itself = (rows(report(system, name, asOf=when)) for name in ("outcomes", "outcomesReport"))
    assert [(row["asOf"], row["knownAt"], row["won"]) for row in bare] == [(when, "", "0")]
    assert bare == report_itself
    assert all(row["freshness"] for row in rows(report(system, "managerPerformance")))


def test_lists_are_given_by_repeating_and_periods_by_their_ends(system: System, managers: list[str]) -> None:
    both = rows(report(system, "managerPerformance", filter__managers=managers, period__from="2020-01-01"))
    assert {(row["manager.name"], row["won"], row["lost"]) for row in both} == {("Ann", "1", "0"), ("Bob", "0", "1")}
    assert [
        row["manager.name"] for row in rows(report(system, "managerPerformance", filter__managers=managers[:1]))
    ] == ["Ann"]


def test_a_manager_gets_what_is_within_their_reach(system: System, managers: list[str]) -> None:
    mine = rows(report(system, "managerPerformance", role="manager", member=managers[1]))
    assert [row["manager.name"] for row in mine] == ["Bob"]


@pytest.mark.parametrize(
    ("name", "parameters", "status", "code", "said"),
    [
        ("funnel", {}, 400, "BAD_USER_INPUT", "funnel needs the parameter process"),
        ("funel", {}, 404, "NOT_FOUND", "there are"),
        ("outcomes", {"of": "x"}, 400, "BAD_USER_INPUT", "period.from"),
        ("outcomes", {"asOf": ["2020-01-01", "2021-01-01"]}, 400, "BAD_USER_INPUT", "twice"),
        ("outcomes", {"asOf": "soon"}, 400, "BAD_USER_INPUT", "soon"),
        ("outcomes", {"groupBy": "COLOUR"}, 400, "BAD_USER_INPUT", "COLOUR"),
        ("outcomes", {"part": "x"}, 400, "BAD_USER_INPUT", "there are rows"),
        ("outcomes", {"period__from": "2021-02-01", "period__to": "2021-01-01"}, 400, "INVALID_PERIOD", "swap"),
    ],
)  # fmt: skip
def test_what_cannot_be_exported_is_refused_in_one_sentence(
    system: System, name: str, parameters: dict[str, Any], status: int, code: str, said: str
) -> None:
    found = error(report(system, name, **parameters))
    assert found[:2] == (status, code)
    assert said in found[2]


def test_a_profile_is_one_row_and_its_lists_are_parts(system: System) -> None:
    partner = system.do("registerPartner", "partner { id }", name="Acme")["partner"]["id"]
    (row,) = rows(report(system, "clientProfile", partner=partner))
    assert (row["partner.name"], row["realised.revenue"], row["reactions.sent"]) == ("Acme", "0.00", "0")
    assert rows(report(system, "clientProfile", partner=partner, part="preferences")) == []
