"""Exports: what a caller may see, as files that no spreadsheet calculates with and that are whole or broken off."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import eventlet
import eventlet.wsgi
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from chassis.errors import Unavailable
from gateway.auth import issue_token
from gateway.contacts.exports import EXPORTS
from gateway.web.exports import csv_chunks, defused, restored, xlsx_chunks
from tests.gateway.system import System

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)"]
CELLS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from([*FORMULAS, "\t=1", "\r=1", "'", "''=1"])


def asked(system: System, path: str, *, role: str = "admin", member: str | None = None, **more: Any) -> Request:
    """Make a request as its bearer sends it."""
    authorization = {"Authorization": f"Bearer {issue_token(system.settings, role, manager=member)}"}
    return Request(EnvironBuilder(path=path, **{"headers": authorization, **more}).get_environ())


def export(system: System, kind: str, form: str = "csv", **who: Any) -> Response:
    """Ask for a table."""
    return system.app.export(asked(system, f"/exports/{kind}.{form}", **who), kind, form)


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    """Read CSV as it stands, the cells still defused."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows(system: System, kind: str, **who: Any) -> list[dict[str, str]]:
    """Export a kind as CSV, and read it back."""
    response = export(system, kind, **who)
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    return [{name: restored(cell) for name, cell in row.items()} for row in rows_of_csv(response.get_data())]


def sheets(content: bytes) -> list[list[list[Any]]]:
    """Read a workbook."""
    book = load_workbook(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def manager(system: System, name: str) -> str:
    return str(system.do("registerManager", "manager { id }", name=name)["manager"]["id"])


def partner(system: System, name: str, **about: Any) -> str:
    return str(system.do("registerPartner", "partner { id }", name=name, **about)["partner"]["id"])


def many_partners(system: System, number: int = 101) -> list[str]:
    """Have more partners than are read at once."""
    return [partner(system, f"Partner {place}") for place in range(number)]


def test_a_partner_with_all_that_is_told_of_it(system: System) -> None:
    ann = manager(system, "Ann")
    acme = partner(
        system, "Acme, \"Söhne\" & Co", roles=["CLIENT", "SUPPLIER"], source="fair", manager=ann,
        externalRef={"system": "erp", "id": "0042"},
        contactPoints=[
            {"kind": "PHONE", "value": "+49 30 1234567"}, {"kind": "EMAIL", "value": "a@example.com"},
            {"kind": "EMAIL", "value": "b@example.com"},
        ],
    )  # fmt: skip
    entity = system.do(
        "registerLegalEntity", "legalEntity { id } errors { code }", name="Acme GmbH", country="DE", partner=acme,
        taxId="DE136695976",
    )  # fmt: skip
    assert entity["errors"] == []
    (row,) = rows(system, "partners")
    registered_at = row.pop("registeredAt")
    assert (
        registered_at
        == system.ask("query($id: ID!) { partner(id: $id) { registeredAt } }", id=acme)["partner"]["registeredAt"]
    )
    assert row == {
        "id": acme,
        "name": 'Acme, "Söhne" & Co',
        "roles": "CLIENT; SUPPLIER",
        "managerId": ann,
        "source": "fair",
        "externalSystem": "erp",
        "externalId": "0042",
        "legalEntities": "Acme GmbH (DE136695976)",
        "phones": "+49301234567",
        "emails": "a@example.com; b@example.com",
    }


def test_a_person_and_what_was_said(system: System) -> None:
    acme, ann = partner(system, "Acme"), manager(system, "Ann")
    person = system.do(
        "registerContactPerson", "contactPerson { id }", fullName="Bo Lee", birthday="1980-02-29", partner=acme,
        jobTitle="Buyer", contactPoints=[{"kind": "EMAIL", "value": "bo@example.com"}],
    )["contactPerson"]["id"]  # fmt: skip
    assert rows(system, "persons") == [
        {
            "id": person, "fullName": "Bo Lee", "jobTitles": "Buyer", "partnerIds": acme, "partners": "Acme",
            "phones": "", "emails": "bo@example.com", "birthday": "1980-02-29",
        }
    ]  # fmt: skip
    deal = system.do("openDeal", "deal { id }", process=system.processes["manual_sale"], title="Pipes", partner=acme)
    call = system.do(
        "registerInteraction", "interaction { id }", kind="CALL", direction="OUT", title="Prices", text="a\nb",
        startedAt="2021-05-04T09:00:00Z", partners=[acme], deals=[deal["deal"]["id"]], managers=[ann],
        outcome={"key": "call_back", "text": "on Monday"},
    )["interaction"]["id"]  # fmt: skip
    (row,) = rows(system, "interactions")
    assert row.pop("at").startswith("2021-05-04T09:00:00")
    assert row == {
        "id": call, "kind": "CALL", "direction": "OUT", "state": "DONE", "title": "Prices", "text": "a\nb",
        "outcome": "call_back", "outcomeText": "on Monday", "partnerIds": acme, "dealIds": deal["deal"]["id"],
        "managerIds": ann,
    }  # fmt: skip


def test_a_manager_exports_what_is_within_their_reach_and_no_more(system: System) -> None:
    ann, bob = manager(system, "Ann"), manager(system, "Bob")
    theirs, mine = partner(system, "Theirs", manager=ann), partner(system, "Mine", manager=bob)
    person = {
        name: system.do("registerContactPerson", "contactPerson { id }", fullName=name, partner=of)["contactPerson"][
            "id"
        ]
        for name, of in (("Their person", theirs), ("My person", mine))
    }
    system.do("linkContactPerson", "contactPerson { id }", contactPerson=person["My person"], partner=theirs)
    common: dict[str, Any] = {"kind": "NOTE", "startedAt": "2021-05-04T09:00:00Z"}
    system.do("registerInteraction", "interaction { id }", title="Theirs", partners=[theirs], managers=[ann], **common)
    system.do("registerInteraction", "interaction { id }", title="Both", partners=[theirs, mine], **common)

    who = {"role": "manager", "member": bob}
    assert [row["name"] for row in rows(system, "partners", **who)] == ["Mine"]
    assert [(row["fullName"], row["partners"]) for row in rows(system, "persons", **who)] == [("My person", "Mine")]
    assert [(row["title"], row["partnerIds"]) for row in rows(system, "interactions", **who)] == [("Both", mine)]
    assert [row[1] for row in sheets(export(system, "partners", "xlsx", **who).get_data())[0]] == ["name", "Mine"]
    assert len(rows(system, "partners")) == len(rows(system, "persons")) == len(rows(system, "interactions")) == 2
    assert {row["partners"] for row in rows(system, "persons")} == {"Theirs; Mine", "Theirs"}


def test_search_narrows_what_is_exported(system: System) -> None:
    wanted = partner(system, "Müller")
    other = partner(system, "Schmidt")
    for name, of in (("Ann Lee", wanted), ("Bo Ray", other)):
        system.do("registerContactPerson", "contactPerson { id }", fullName=name, partner=of)
    for text in ("about pipes", "about tables"):
        system.do("registerInteraction", "interaction { id }", kind="NOTE", text=text, partners=[other],
                  startedAt="2021-05-04T09:00:00Z")  # fmt: skip
    found = {
        kind: [row[column] for row in rows(system, kind, query_string={"search": text})]
        for kind, column, text in (
            ("partners", "name", "müller"), ("persons", "fullName", "lee"), ("interactions", "text", "tables")
        )
    }  # fmt: skip
    assert found == {"partners": ["Müller"], "persons": ["Ann Lee"], "interactions": ["about tables"]}


def test_formulas_are_text_in_both_forms(system: System) -> None:
    for name in FORMULAS:
        partner(system, name)
    written = [row["name"] for row in rows_of_csv(export(system, "partners").get_data())]
    assert written == [f"'{name}" for name in FORMULAS]
    assert [row["name"] for row in rows(system, "partners")] == FORMULAS
    content = export(system, "partners", "xlsx").get_data()
    (sheet,) = sheets(content)
    assert [row[1] for row in sheet[1:]] == FORMULAS


def test_a_workbook_holds_texts_only() -> None:
    cells = [*FORMULAS, "\t=1", "{=1}", "0042", "http://example.com", "mailto:a@example.com", " two  blanks ", "\ufffe"]
    content = b"".join(xlsx_chunks(["cell"], [[[cell] for cell in cells]]))
    (sheet,) = sheets(content)
    assert [row[0] for row in sheet] == ["cell", *cells[:-1], "\ufffd"]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        written = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in written
    assert "hyperlink" not in written


def test_what_a_sheet_cannot_hold_goes_on_in_the_next() -> None:
    pages = [[["1"], ["2"]], [["3"]]]
    assert sheets(b"".join(xlsx_chunks(["n"], pages, rows_of_sheet=3))) == [[["n"], ["1"], ["2"]], [["n"], ["3"]]]
    assert len(sheets(b"".join(xlsx_chunks(["n"], pages, rows_of_sheet=4)))) == 1


@settings(suppress_health_check=[HealthCheck.too_slow])  # the table of all characters is made with the first draw
@given(st.lists(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=3), max_size=3))
def test_what_is_written_as_csv_is_read_back(pages: list[list[list[str]]]) -> None:
    text = b"".join(csv_chunks(["a", "b"], pages)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [[restored(cell) for cell in row] for row in read[1:]] == [row for rows in pages for row in rows]
    assert not [cell for row in read for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(CELLS)
def test_a_cell_is_restored_as_it_was(cell: str) -> None:
    assert restored(defused(cell)) == cell


def test_all_pages_are_read_each_by_a_deadline_of_its_own(system: System) -> None:
    partners = many_partners(system)
    system.deadlines.clear()
    assert [row["id"] for row in rows(system, "partners")] == partners
    assert len(system.deadlines) == len(set(system.deadlines)) == 2
    assert len(sheets(export(system, "partners", "xlsx").get_data())[0]) == len(partners) + 1


def test_an_empty_table_has_its_columns(system: System) -> None:
    for kind, table in EXPORTS.items():
        assert export(system, kind).get_data().decode() == "\ufeff" + ",".join(table.columns) + "\r\n"
        assert sheets(export(system, kind, "xlsx").get_data()) == [[list(table.columns)]]


def test_it_is_a_file_of_its_name_and_nobody_keeps_it(system: System) -> None:
    headers = export(system, "persons", "xlsx").headers
    assert headers["Content-Disposition"] == 'attachment; filename="persons.xlsx"'
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("request_of", "status", "code"),
    [
        ({"headers": {}}, 401, "UNAUTHENTICATED"),
        ({"headers": {"Authorization": "Bearer x"}}, 401, "UNAUTHENTICATED"),
        ({"query_string": {"serach": "x"}}, 400, "BAD_REQUEST"),
        ({"query_string": "search=a&search=b"}, 400, "BAD_REQUEST"),
        ({"query_string": {"search": "a\0"}}, 400, "BAD_REQUEST"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_cannot_be_answered(system: System, form: str, request_of: Any, status: int, code: str) -> None:
    response = export(system, "partners", form, **request_of)
    assert (response.status_code, response.mimetype) == (status, "application/json")
    assert json.loads(response.get_data())["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_service_that_is_down_from_the_start_is_told(system: System, form: str) -> None:
    system.down["contacts"] = Unavailable("down")
    assert export(system, "partners", form).status_code == 503


def test_what_breaks_off_raises_and_leaves_no_file(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    many_partners(system)
    for form in ("csv", "xlsx"):
        response = export(system, "partners", form)
        system.down["contacts"] = Unavailable("down")
        with pytest.raises(Unavailable):
            response.get_data()
        system.down.clear()
    assert list(folder.iterdir()) == []


def test_half_a_table_is_no_answer_over_http(system: System) -> None:
    many_partners(system)

    def failing(environ: Any, start_response: Any) -> Iterator[bytes]:
        chunks: Iterable[bytes] = system.app.export(Request(environ), "partners", "csv")(environ, start_response)
        first, rest = next(iter(chunks)), chunks
        yield first
        system.down["contacts"] = Unavailable("down")
        yield from rest

    listener = eventlet.listen(("127.0.0.1", 0))
    server = eventlet.spawn(eventlet.wsgi.server, listener, failing, log_output=False, log=io.StringIO())
    token = issue_token(system.settings, "admin")
    try:
        with httpx.stream(
            "GET", f"http://127.0.0.1:{listener.getsockname()[1]}", headers={"Authorization": f"Bearer {token}"}
        ) as response:
            assert response.status_code == 200
            with pytest.raises(httpx.RemoteProtocolError):
                response.read()
    finally:
        server.kill()
        listener.close()


def test_only_so_many_run_at_once(system: System) -> None:
    most = system.settings.exports
    running = [export(system, "partners") for _ in range(most)]
    refused = export(system, "partners")
    assert (refused.status_code, refused.get_json()["errors"][0]["extensions"]["code"]) == (503, "TOO_MANY_EXPORTS")
    running[0].close()  # its client has it, or is gone
    assert export(system, "partners").status_code == 200
    for one in running[1:]:
        one.close()
