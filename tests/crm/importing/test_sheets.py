"""A sheet is read as the same table in a CSV file; what only looks like a spreadsheet costs an error and no memory."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
import zlib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from chassis.errors import Misconfigured
from crm.importing.profile import File
from crm.importing.reading import Rejected, Row, count_rows, read_rows
from crm.importing.sheets import read_sheet

FILE = File.model_validate(
    {"name": "people.xlsx", "sheet": "People", "kind": "managers", "fields": {"id": "a", "name": "b", "email": "c"}}
)
_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def test_values_are_those_of_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("People")
        formats = {name: book.add_format({"num_format": name}) for name in ("dd.mm.yyyy", "dd.mm.yyyy hh:mm", "hh:mm")}
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_datetime(1, 0, date(2017, 5, 6), formats["dd.mm.yyyy"])
        sheet.write_datetime(1, 1, datetime.fromisoformat("2017-05-06T10:30"), formats["dd.mm.yyyy hh:mm"])
        sheet.write_datetime(1, 2, time(10, 30), formats["hh:mm"])
        sheet.write_row(2, 0, [12, 1234.5, 79161234567])
        sheet.write_row(3, 0, [0.1, 1e20, -0.000001])
        sheet.write_row(5, 0, ["007", True, "two\nlines"])
    rows = list(read_rows(path, FILE, FILE.columns))
    assert [(row.line, list(row.values.values())) for row in rows if isinstance(row, Row)] == [
        (2, ["2017-05-06", "2017-05-06T10:30:00", "10:30:00"]),
        (3, ["12", "1234.5", "79161234567"]),
        (4, ["0.1", "100000000000000000000", "-0.000001"]),
        (6, ["007", "TRUE", "two\nlines"]),
    ]
    assert rows[0].text == "2017-05-06,2017-05-06T10:30:00,10:30:00"
    assert count_rows(path, FILE) == 5


def test_a_row_with_more_than_the_header_names_costs_itself_only(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["a", "b", "c"], ["1"], ["2", "", "", "", "more"], ["3"])
    assert [type(row) for row in read_rows(path, FILE, FILE.columns)] == [Row, Rejected, Row]


def test_a_row_that_is_too_long_costs_itself_only(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["a", "b", "c"], ["x" * 32_767] * 33, ["1", "2", "3"])
    found = list(read_rows(path, FILE, FILE.columns))
    assert [(type(row), row.line) for row in found] == [(Rejected, 2), (Row, 3)]


def test_a_missing_sheet_names_those_that_are_there(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["a"], sheet="Persons")
    with pytest.raises(Misconfigured, match="no sheet 'People'; it has Persons"):
        list(read_rows(path, FILE, FILE.columns))


@pytest.mark.parametrize(
    ("rows", "said"), [([], "is empty"), ([["a", "b"]], "no column 'c'"), ([["a", "b", "c", "c"]], "more than one")]
)
def test_a_wrong_header_ends_it(tmp_path: Path, rows: list[list[str]], said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        list(read_rows(workbook(tmp_path, *rows), FILE, FILE.columns))


@pytest.mark.parametrize("content", [b"", b"a,b,c\n1,2,3\n", b"PK\x03\x04 and no more"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(content)
    with pytest.raises(Misconfigured, match="it is no whole XLSX file"):
        list(read_rows(path, FILE, FILE.columns))


def test_an_archive_of_other_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("some.txt", "text")
    with pytest.raises(Misconfigured, match="cannot be read as a spreadsheet"):
        list(read_rows(path, FILE, FILE.columns))


def test_a_name_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["a", "b", "c"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../evil.xml", "text")
    with pytest.raises(Misconfigured, match="out of its folder"):
        list(read_rows(path, FILE, FILE.columns))


def test_a_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(_SHEET, "w") as entry:
        for _ in range(400):
            entry.write(bytes(1 << 20))
    program = f"""
import resource
resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))
from pathlib import Path
from chassis.errors import Misconfigured
from crm.importing.sheets import read_sheet
try:
    list(read_sheet(Path({str(path)!r}), "People", memory=200 << 20))
except Misconfigured as error:
    print(error)
"""
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert "times as large as it is, as no spreadsheet is" in done.stdout


def test_a_file_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["a", "b", "c"])
    declare_less(path, "xl/styles.xml", 100)
    with zipfile.ZipFile(path) as archive:
        assert len(archive.read("xl/styles.xml")) == 100  # whoever trusts the directory notices nothing
    with pytest.raises(Misconfigured, match=r"xl/styles\.xml in it is not of the size that it says"):
        list(read_rows(path, FILE, FILE.columns))


@pytest.mark.parametrize("bomb", ["far apart", "one text in many cells"])
def test_a_sheet_that_needs_more_memory_than_it_gets_is_refused(tmp_path: Path, bomb: str) -> None:
    cells = {
        "far apart": b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1000000"><c r="XFD1000000"><v>1</v></c></row>',
        "one text in many cells": b"".join(
            b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 5001)
        ),
    }[bomb]
    sheet = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_MAIN, cells)
    strings = b"<sst %s><si><t>%s</t></si></sst>" % (_MAIN, b"x" * 100_000)
    path = rewritten(workbook(tmp_path, ["a"]), {_SHEET: sheet, _STRINGS: strings})
    with pytest.raises(Misconfigured, match="cannot be read within 256 MiB of memory"):
        list(read_sheet(path, "People", memory=256 << 20))


def test_who_stops_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    path = workbook(tmp_path, *(["x" * 1000] for _ in range(2000)))
    rows = read_sheet(path, "People")
    assert next(rows) == ["x" * 1000]
    rows.close()
    with pytest.raises(StopIteration):
        next(rows)


def workbook(folder: Path, *rows: list[str], sheet: str = "People") -> Path:
    """Write a workbook with a sheet of texts."""
    path = folder / "people.xlsx"
    with xlsxwriter.Workbook(path) as book:
        made = book.add_worksheet(sheet)
        for place, row in enumerate(rows):
            made.write_row(place, 0, row)
    return path


def rewritten(path: Path, contents: dict[str, bytes]) -> Path:
    """Put other contents in the place of some of an archive's files."""
    with zipfile.ZipFile(path) as archive:
        files: dict[str, Any] = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:  # not compressed: small for their size is another thing to refuse
        for name, content in {**files, **contents}.items():
            archive.writestr(name, content)
    return path


def declare_less(path: Path, name: str, size: int) -> None:
    """Let an archive's directory say that a file is of a size, with the checksum of as much of it."""
    with zipfile.ZipFile(path) as archive:
        beginning = archive.read(name)[:size]
    content = bytearray(path.read_bytes())
    at = content.rindex(name.encode()) - 46  # the directory's entry stands after the file itself
    assert content[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<L", content, at + 16, zlib.crc32(beginning))
    struct.pack_into("<L", content, at + 24, size)
    path.write_bytes(content)
