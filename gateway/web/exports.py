"""Tables as files: CSV as it is read, XLSX when all of it was; neither can make a spreadsheet calculate.

What breaks off breaks the connection off, so that half a table never looks like a whole one; HTTP/1.0 has no way to tell that.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

import eventlet.tpool
from werkzeug.wrappers import Request, Response
from xlsxwriter import Workbook

from chassis.errors import CrmError, Forbidden, NotAuthenticated, Refused, Unavailable
from chassis.telemetry import log
from gateway.contacts.exports import EXPORTS
from gateway.context import Context
from gateway.shapes.cells import Number
from gateway.web.requests import BadRequest

Rows = Sequence[Sequence[str]]
Write = Callable[[Sequence[str], Iterable[Rows]], Iterator[bytes]]
"""Writes a table's columns and pages of rows as a file, in chunks."""

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ESCAPE = "'"
_ROWS_OF_SHEET = 1_048_576
_DIGITS_OF_SHEET = 15
_CHUNK = 64 * 1024
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_STATUS: tuple[tuple[type[CrmError], int], ...] = (
    (Refused, 400),
    (NotAuthenticated, 401),
    (Forbidden, 403),
    (Unavailable, 503),
)


def defused(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula: with an apostrophe before what begins as one, and is no number."""
    if isinstance(cell, Number):
        return cell
    return _ESCAPE + cell if cell.startswith((*_BEGINS_FORMULA, _ESCAPE)) else cell


def restored(cell: str) -> str:
    """Give back the cell that was defused."""
    return cell.removeprefix(_ESCAPE)


def csv_chunks(columns: Sequence[str], pages: Iterable[Rows]) -> Iterator[bytes]:
    """Write CSV (RFC 4180, UTF-8 with a byte order mark), a chunk for each page as it comes."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(columns)
    for rows in pages:
        writer.writerows([defused(cell) for cell in row] for row in rows)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def xlsx_chunks(columns: Sequence[str], pages: Iterable[Rows], rows_of_sheet: int = _ROWS_OF_SHEET) -> Iterator[bytes]:
    """Write XLSX, cells as texts or numbers, by way of a file that is gone afterwards; what one sheet cannot hold goes on in the next."""
    with TemporaryFile() as file:
        with TemporaryDirectory() as folder:  # for the rows of each sheet
            book = Workbook(file, {"constant_memory": True, "tmpdir": folder})
            try:
                _write_rows(book, columns, chain.from_iterable(pages), rows_of_sheet)
            finally:
                eventlet.tpool.execute(book.close)  # packing a large file would keep all other requests waiting
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _write_rows(book: Workbook, columns: Sequence[str], rows: Iterable[Sequence[str]], rows_of_sheet: int) -> None:
    sheet, place = _new_sheet(book, columns), 1
    for row in rows:
        if place == rows_of_sheet:
            sheet, place = _new_sheet(book, columns), 1
        _write_row(sheet, place, row)
        place += 1


def _new_sheet(book: Workbook, columns: Sequence[str]) -> Any:
    sheet = book.add_worksheet()
    _write_row(sheet, 0, columns)
    return sheet


def _write_row(sheet: Any, place: int, row: Sequence[str]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, Number) and _fits_a_sheet(cell):
            sheet.write_number(place, column, float(cell))
        else:
            sheet.write_string(place, column, _NOT_IN_XML.sub("\ufffd", cell))


def _fits_a_sheet(number: Number) -> bool:
    """Tell whether a spreadsheet, which counts with 15 digits, holds a number exactly; else it stands there as text."""
    return len(Decimal(number).as_tuple().digits) <= _DIGITS_OF_SHEET


_FORMS: dict[str, tuple[Write, str]] = {
    "csv": (csv_chunks, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_chunks, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def export_response(
    request: Request, kind: str, form: str, context: Callable[[], Context], correlation_id: str
) -> Response:
    """Answer with a table; raise BadRequest where not even its first page can be had."""
    search = _search(request)
    export = EXPORTS[kind]
    return table_response(kind, form, list(export.columns), export.pages(search, context), correlation_id)


def table_response(name: str, form: str, columns: list[str], pages: Iterator[Rows], correlation_id: str) -> Response:
    """Answer with a file of a name and a form; raise BadRequest where not even its first page can be had."""
    write, media = _FORMS[form]
    try:
        first = next(pages)
    except CrmError as error:
        status = next((status for kind_of_error, status in _STATUS if isinstance(error, kind_of_error)), 500)
        if status == 500:
            raise
        raise BadRequest(status, error.code, str(error)) from error
    chunks = write(columns, chain([first], pages))
    response = Response(_told(chunks, name, correlation_id), content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Correlation-Id"] = correlation_id
    return response


def _search(request: Request) -> str | None:
    """Read what to search for; raise BadRequest for a request that cannot be answered with a table."""
    unknown = set(request.args) - {"search"}
    if unknown or len(request.args.getlist("search")) > 1:
        raise BadRequest(400, "BAD_REQUEST", "an export takes one parameter, once: search")
    search = request.args.get("search")
    if search is not None and "\0" in search:
        raise BadRequest(400, "BAD_REQUEST", "search is a text without NUL")
    return search


def _told(chunks: Iterator[bytes], kind: str, correlation_id: str) -> Iterator[bytes]:
    """Give the chunks, and let the log know of what breaks them off: the client only sees that they do not end."""
    try:
        yield from chunks
    except (CrmError, BadRequest) as error:
        log.warning("export.broken_off", kind=kind, correlation=correlation_id, error=str(error))
        raise
