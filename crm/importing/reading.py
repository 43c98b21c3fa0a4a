"""Reading rows of a delimited file, or of a sheet: each with its line, a damaged one by itself, whatever the size of the file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from chassis.errors import Misconfigured
from crm.importing import sheets
from crm.importing.profile import SHEETS, Layout

LONGEST_LINE = 1 << 20  # bytes; a longer one is damage, and is not taken into memory
_NOT_TEXT = {
    b"PK\x03\x04": "a ZIP archive, as XLSX files are; name it .xlsx and its sheet in the profile, or save the sheet as CSV",
    b"PK\x05\x06": "a ZIP archive; unpack it",
    b"\xd0\xcf\x11\xe0": "an old Excel file; save the sheet as CSV",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip archive; unpack it",
    b"\xff\xfe": "text in UTF-16; save the file as UTF-8",
    b"\xfe\xff": "text in UTF-16; save the file as UTF-8",
    b"<!doctype html": "a web page; is what was downloaded an error?",
    b"<html": "a web page; is what was downloaded an error?",
    b"<?xml": "XML",
}
"""What files begin with that are no text in columns, whatever their names say."""
_BEGINNING = 64
_LONGEST_VALUE = 1000  # lines over which one row may go


class RowError(Exception):
    """Why a row cannot be taken, and the column it is due to."""

    def __init__(self, reason: str, column: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as it stands in the file: `line` counts physical lines from 1."""

    line: int
    text: str
    values: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """A row that was not taken."""

    line: int
    text: str
    reason: str
    column: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Line:
    number: int
    raw: bytes
    too_long: bool = False


def count_rows(path: Path, file: Layout) -> int:
    """Count the rows of a file but its header, to know how much there is to do."""
    if file.sheet is not None and path.suffix.lower() == SHEETS:
        return max(sheets.count_rows(path, file.sheet) - 1, 0)
    return max(count_lines(path) - 1, 0)


def count_lines(path: Path) -> int:
    """Count the lines of a file."""
    lines, last = 0, b"\n"
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return lines + (last != b"\n")


def read_rows(path: Path, file: Layout, columns: Iterable[str]) -> Iterator[Row | Rejected]:
    """Give each row of a file, good or not, in the order of the file; blank lines are none.

    Raise Misconfigured if the file is not there or its first line lacks one of the columns.
    """
    if file.sheet is not None and path.suffix.lower() == SHEETS:
        yield from _sheet_rows(path, file.sheet, columns)
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read: {error.strerror}") from error
    with stream:
        _check_text(path, stream)
        lines = _Lines(stream)
        header = _header(path, lines, file, columns)
        while (line := lines.next()) is not None:
            if line.raw.strip():
                yield _row(line, lines, header, file)


def read_column(path: Path, file: Layout, column: str) -> frozenset[str]:
    """Give the values of one column, without the rows that cannot be read."""
    return frozenset(
        row.values[column].strip()
        for row in read_rows(path, file, (column,))
        if isinstance(row, Row) and row.values[column].strip()
    )


def _check_text(path: Path, stream: BinaryIO) -> None:
    """Raise Misconfigured for a file of another kind than text; the stream is at its beginning again after it."""
    beginning = stream.read(_BEGINNING).removeprefix(codecs.BOM_UTF8)
    stream.seek(0)
    told = beginning.lstrip().lower()
    for mark, kind in _NOT_TEXT.items():
        if beginning.startswith(mark) or (mark.startswith(b"<") and told.startswith(mark)):
            raise Misconfigured(f"{path} is no text in columns: it is {kind}")


def _header(path: Path, lines: _Lines, file: Layout, columns: Iterable[str]) -> list[str]:
    first = lines.next()
    if first is None:
        raise Misconfigured(f"{path} is empty; its first line names the columns")
    try:
        header = [name.strip() for name in _split(_decode(first, file), file)]
    except RowError as fault:
        raise Misconfigured(f"{path}, line 1: {fault.reason}") from fault
    _check_header(path, header, columns)
    return header


def _check_header(path: Path, header: list[str], columns: Iterable[str]) -> None:
    for column in sorted(columns):
        if header.count(column) != 1:
            number = "no column" if column not in header else "more than one column"
            raise Misconfigured(f"{path} has {number} {column!r}, which is read; it has {', '.join(header)}")


def _sheet_rows(path: Path, sheet: str, columns: Iterable[str]) -> Iterator[Row | Rejected]:
    with closing(sheets.read_sheet(path, sheet)) as rows:
        first = next(rows, None)
        header = [name.strip() for name in _without_empty_end(first or [])]
        if not header:
            raise Misconfigured(f"{path}, sheet {sheet!r}, is empty; its first row names the columns")
        _check_header(path, header, columns)
        for number, values in enumerate(rows, start=2):
            if values is None:
                yield Rejected(line=number, text="", reason=f"the row is longer than {LONGEST_LINE} characters")
            elif any(value.strip() for value in values):
                yield _sheet_row(number, values, header)


def _sheet_row(number: int, values: list[str], header: list[str]) -> Row | Rejected:
    text = _as_line(values)
    told = max(len(_without_empty_end(values)), len(header))
    line = _Line(number=number, raw=b"")
    try:
        if "\0" in text:
            raise RowError("the row holds a NUL character")
        return _complete(line, text, [*values, *[""] * len(header)][:told], header)
    except RowError as fault:
        return Rejected(line=number, text=text.replace("\0", "\\x00"), reason=fault.reason, column=fault.column)


def _without_empty_end(values: list[str]) -> list[str]:
    """Leave out the empty cells behind the last one that says something: a sheet is as wide as its widest row."""
    last = max((place for place, value in enumerate(values, start=1) if value.strip()), default=0)
    return values[:last]


def _as_line(values: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _row(line: _Line, lines: _Lines, header: list[str], file: Layout) -> Row | Rejected:
    try:
        text = _decode(line, file)
        try:
            return _complete(line, text, _split(text, file), header)
        except RowError:
            going_on = _over_several_lines(line, text, lines, header, file) if file.line_breaks else None
            if going_on is None:
                raise
            return going_on
    except RowError as fault:
        return Rejected(line=line.number, text=_show(line.raw), reason=fault.reason, column=fault.column)


def _over_several_lines(line: _Line, text: str, lines: _Lines, header: list[str], file: Layout) -> Row | None:
    """Take the following lines in until the quotes close and all columns are there; else leave them for themselves."""
    taken = 0
    for _ in range(_LONGEST_VALUE):
        following = lines.peek(taken)
        if following is None or len(text) > LONGEST_LINE:
            return None
        taken += 1
        try:
            text += "\n" + _decode(following, file)
            row = _complete(line, text, _split(text, file), header)
        except RowError as fault:
            if isinstance(fault, _OpenQuoteError):
                continue
            return None
        lines.skip(taken)
        return row
    return None


class _OpenQuoteError(RowError):
    """A quote that is open at the end of the line."""


def _complete(line: _Line, text: str, values: list[str], header: list[str]) -> Row:
    if len(values) < len(header):
        raise RowError(f"the line is cut: {len(values)} columns of {len(header)}", header[len(values)])
    if len(values) > len(header):
        raise RowError(f"{len(values)} columns where the first line names {len(header)}; is a value not quoted?")
    return Row(line=line.number, text=text, values=dict(zip(header, values, strict=True)))


def _split(text: str, file: Layout) -> list[str]:
    try:
        rows = list(csv.reader([text], delimiter=file.delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise _OpenQuoteError("a quote is opened and not closed on this line") from error
        raise RowError(f"the quotes do not fit: {error}") from error
    return rows[0] if rows else []


def _decode(line: _Line, file: Layout) -> str:
    if line.too_long:
        raise RowError(f"the line is longer than {LONGEST_LINE} bytes")
    # the mark of UTF-8 stands at the beginning of the file only; elsewhere it is a character like others
    encoding = "utf-8-sig" if line.number == 1 and file.encoding.lower().startswith("utf") else file.encoding
    if encoding == "utf-8-sig" and line.number > 1:
        encoding = "utf-8"
    try:
        text = line.raw.decode(encoding)
    except UnicodeDecodeError as error:
        byte = line.raw[error.start]
        raise RowError(f"not {file.encoding}: byte 0x{byte:02x} at position {error.start + 1} of the line") from error
    if "\0" in text:
        raise RowError("the line holds a NUL character")
    return text


def _show(raw: bytes) -> str:
    """Give a row's own text, with what is no text in it as \\x.., so that it can be found and put right."""
    return raw[:LONGEST_LINE].decode("utf-8", errors="backslashreplace").replace("\0", "\\x00")


class _Lines:
    """The lines of a file, some of which may be looked at before they are taken."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._number = 0
        self._ahead: list[_Line] = []

    def next(self) -> _Line | None:
        """Take the next line, without its end; None at the end of the file."""
        return self._ahead.pop(0) if self._ahead else self._read()

    def peek(self, distance: int) -> _Line | None:
        """Look at a line that is still to come; 0 is the next one."""
        while len(self._ahead) <= distance:
            line = self._read()
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[distance]

    def skip(self, lines: int) -> None:
        """Take lines that were looked at."""
        del self._ahead[:lines]

    def _read(self) -> _Line | None:
        raw = self._stream.readline(LONGEST_LINE)
        if not raw:
            return None
        self._number += 1
        too_long = False
        if not raw.endswith(b"\n"):
            while rest := self._stream.readline(LONGEST_LINE):
                too_long = True
                if rest.endswith(b"\n"):
                    break
        return _Line(number=self._number, raw=raw.rstrip(b"\r\n"), too_long=too_long)
