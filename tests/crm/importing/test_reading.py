"""Damage costs the row it is in, and no other."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from chassis.errors import Misconfigured
from crm.importing.profile import File
from crm.importing.reading import LONGEST_LINE, Rejected, Row, count_lines, read_rows

FILE = File.model_validate({"name": "some.csv", "kind": "managers", "fields": {"id": "a", "name": "b", "email": "c"}})


def read(folder: Path, content: bytes, **shape: Any) -> list[Row | Rejected]:
    path = folder / "some.csv"
    path.write_bytes(content)
    fields = {"id": "a", "name": "b", "email": "c"}
    file = File.model_validate({"name": "some.csv", "kind": "managers", "fields": fields, **shape})
    return list(read_rows(path, file, file.columns))


def shown(rows: list[Row | Rejected]) -> list[tuple[int, str]]:
    return [(row.line, "|".join(row.values.values()) if isinstance(row, Row) else f"! {row.reason}") for row in rows]


def test_rows_have_their_physical_lines(tmp_path: Path) -> None:
    rows = read(tmp_path, b"\xef\xbb\xbfa,b,c\r\n1,2,3\r\n\r\n4,5,6")
    assert shown(rows) == [(2, "1|2|3"), (4, "4|5|6")]


def test_quotes_and_delimiters(tmp_path: Path) -> None:
    rows = read(tmp_path, b'c;b;a\n"x;y";"say ""no""";z\n', delimiter=";")
    assert shown(rows) == [(2, 'x;y|say "no"|z')]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (b"1,2", "the line is cut: 2 columns of 3"),
        (b"1,2,3,4", "4 columns where the first line names 3"),
        (b"1,\xff\xfe,3", "not utf-8-sig: byte 0xff at position 3"),
        (b'"1,2,3', "a quote is opened and not closed"),
        (b'"1"x,2,3', "the quotes do not fit"),
        (b"1,\x00,3", "NUL"),
        (b"1,2," + b"x" * (LONGEST_LINE + 5), "longer than"),
    ],
)
def test_damage_costs_one_row(tmp_path: Path, damage: bytes, said: str) -> None:
    rows = read(tmp_path, b"a,b,c\n1,2,3\n" + damage + b"\n4,5,6\n")
    assert [row.line for row in rows] == [2, 3, 4]
    assert [type(row) for row in rows] == [Row, Rejected, Row]
    assert isinstance(rows[1], Rejected)
    assert said in rows[1].reason


def test_a_cut_line_names_the_first_column_that_is_missing(tmp_path: Path) -> None:
    (row,) = read(tmp_path, b"a,b,c\n1,2\n")
    assert isinstance(row, Rejected)
    assert (row.column, row.text) == ("c", "1,2")


def test_a_value_may_go_over_lines_where_the_profile_says_so(tmp_path: Path) -> None:
    rows = read(tmp_path, b'a,b,c\n1,"two\nlines",3\n4,5,6\n', line_breaks=True)
    assert shown(rows) == [(2, "1|two\nlines|3"), (4, "4|5|6")]


def test_a_stray_quote_costs_one_row_also_there(tmp_path: Path) -> None:
    rows = read(tmp_path, b'a,b,c\n"1,2,3\n4,5,6\n7,"8",9\n', line_breaks=True)
    assert [type(row) for row in rows] == [Rejected, Row, Row]
    assert [row.line for row in rows] == [2, 3, 4]


def test_another_encoding(tmp_path: Path) -> None:
    rows = read(tmp_path, "a,b,c\nЖуков,2,3\n".encode("cp1251"), encoding="cp1251")
    assert shown(rows) == [(2, "Жуков|2|3")]


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "is empty"), (b"a,b\n", "no column 'c'"), (b"a,b,c,c\n", "more than one column 'c'")]
)
def test_a_wrong_header_ends_it(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04\x14\x00", "a ZIP archive, as XLSX files are"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html><html>", "a web page"),
        ("a,b,c\n1,2,3\n".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7", "a PDF document"),
    ],
)
def test_a_file_of_another_kind_is_refused_at_once(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        read(tmp_path, content)


@pytest.mark.parametrize("within", ["header", "row"])
def test_a_line_without_end_is_refused_in_bounded_memory(tmp_path: Path, within: str) -> None:
    path = tmp_path / "some.csv"
    with path.open("wb") as stream:
        stream.write(b"" if within == "header" else b"a,b,c\n")
        stream.seek(200 << 20, os.SEEK_CUR)  # a hole: nothing is written to the disk
        stream.write(b"\n")
    tracemalloc.start()
    try:
        if within == "header":
            with pytest.raises(Misconfigured, match="line 1: the line is longer than"):
                list(read_rows(path, FILE, FILE.columns))
        else:
            assert [type(row) for row in read_rows(path, FILE, FILE.columns)] == [Rejected]
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_lines_are_counted_also_without_a_last_end(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"a\nb\nc")
    assert count_lines(path) == 3
