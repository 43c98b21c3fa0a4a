"""A process of its own that reads one sheet of an XLSX file, in as much memory as it is given and no more.

    python sheet_process.py FILE SHEET BYTES

A small file can make a reader of spreadsheets take any amount of memory: two cells at opposite corners, one long text in
a million cells, an archive that lies about its sizes. Here that ends this process and not the import.

It writes a line of JSON for what it found: {"rows": 12}, then a list of texts for each row; or {"refused": "why"}.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
import zlib
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

LONGEST_ROW = 1 << 20  # characters, as of a line of CSV
_MOST_ENTRIES = 10_000
_LARGEST = 512 << 20  # bytes of all entries, decompressed
_STEEPEST = 200  # decompressed to compressed; sheets come to about twenty
_CHUNK = 1 << 16
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_DIGITS = 15  # that a spreadsheet has of a number; what stands behind them comes of its being binary


class _Refused(Exception):
    """Why a file cannot be read as a spreadsheet."""


def main(path: str, sheet: str, memory: str) -> None:
    """Write the rows of a sheet, or why there are none."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    try:
        _check_archive(Path(path))
        _write_rows(path, sheet)
    except _Refused as refusal:
        _write({"refused": str(refusal)})


def _check_archive(path: Path) -> None:
    """Raise _Refused for an archive that is larger than it says, or than any spreadsheet."""
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as stream:
            entries = archive.infolist()
            _check_directory(entries, path.stat().st_size)
            for entry in entries:
                _check_entry(entry, stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise _Refused(f"it is no whole XLSX file: {error}") from error


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    whole, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > _MOST_ENTRIES:
        raise _Refused(f"it is an archive of {len(entries)} files, where a spreadsheet has some dozens")
    if len({entry.filename for entry in entries}) < len(entries):
        raise _Refused("two files in it have one name")
    if whole > _LARGEST:
        raise _Refused(f"unpacked it is {whole >> 20} MiB; at most {_LARGEST >> 20} are read: save the sheet as CSV")
    if whole > _STEEPEST * max(packed, _CHUNK):
        raise _Refused(f"unpacked it is {whole // max(packed, 1)} times as large as it is, as no spreadsheet is")
    if packed > size:
        raise _Refused("its files stand one upon the other")
    for entry in entries:
        name = PurePosixPath(entry.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in entry.filename:
            raise _Refused(f"a file in it is named {entry.filename!r}, out of its folder")
        if entry.flag_bits & _ENCRYPTED:
            raise _Refused("it is encrypted; save it without a password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _Refused(f"{entry.filename} in it is packed in a way that spreadsheets are not")


def _check_entry(entry: zipfile.ZipInfo, stream: BinaryIO) -> None:
    """Unpack an entry, keeping nothing, and see that it is as large as it says: zipfile itself stops there unasked."""
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL_HEADER)
    stream.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left, size = entry.compress_size, 0
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    while left and size <= entry.file_size:
        packed = stream.read(min(_CHUNK, left))
        if not packed:
            break
        left -= len(packed)
        if entry.compress_type == zipfile.ZIP_STORED:
            size += len(packed)
            continue
        while packed and size <= entry.file_size and not unpacking.eof:
            size += len(unpacking.decompress(packed, _CHUNK))
            packed = unpacking.unconsumed_tail
    if entry.compress_type == zipfile.ZIP_DEFLATED and size <= entry.file_size:
        size += len(unpacking.decompress(b"", _CHUNK))
    if size != entry.file_size:
        raise _Refused(f"{entry.filename} in it is not of the size that it says")


def _write_rows(path: str, name: str) -> None:
    try:
        with CalamineWorkbook.from_path(path) as book:
            try:
                sheet = book.get_sheet_by_name(name)
            except WorksheetNotFound:
                raise _Refused(f"it has no sheet {name!r}; it has {', '.join(book.sheet_names)}") from None
            _write({"rows": sheet.end[0] + 1 if sheet.end else 0})
            for row in sheet.iter_rows():
                _write(_row([_text(value) for value in row]))
    except (CalamineError, OSError) as error:
        raise _Refused(f"it cannot be read as a spreadsheet: {error}") from error


def _row(values: list[str]) -> list[str] | None:
    """Give a row as it is written; None for one that is longer than a row may be."""
    return values if sum(map(len, values)) <= LONGEST_ROW else None


def _text(value: object) -> str:
    """Write a cell's value as it would stand in a CSV file."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value)
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _number(value: float) -> str:
    exact = format(Decimal(format(value, f".{_DIGITS}g")), "f")
    return exact.rstrip("0").rstrip(".") if "." in exact else exact


def _write(found: object) -> None:
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
