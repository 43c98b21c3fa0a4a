"""What an import has to remember of its rows: on disk, so that memory does not grow with the files."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from crm.importing.reading import Rejected, Row

_TABLES = """
CREATE TABLE seen (kind TEXT, id TEXT, line INTEGER, digest BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE history (
    id INTEGER PRIMARY KEY, deal TEXT, stage TEXT, at TEXT, file TEXT, line INTEGER, text TEXT, reason TEXT
);
CREATE INDEX history_of_deal ON history (deal);
"""
_NO_DEAL = "no file of the profile has this deal"


class Scratch:
    """A database of one import's own, gone at its end."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="crm-import-")
        self._db = sqlite3.connect(f"{self._folder.name}/scratch.sqlite3", isolation_level=None)
        self._db.executescript(f"PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; {_TABLES} BEGIN;")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        self._folder.cleanup()

    def note(self, kind: str, row: Row, external_id: str, content: Any) -> tuple[int, bool] | None:
        """Note that a row names a thing; where one before it did, give its line and whether it said the same."""
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).digest()
        added = self._db.execute(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", (kind, external_id, row.line, digest)
        )
        if added.rowcount == 1:
            return None
        line, first = self._db.execute(
            "SELECT line, digest FROM seen WHERE kind = ? AND id = ?", (kind, external_id)
        ).fetchone()
        return line, first == digest

    def keep_transition(self, file: str, row: Row, transition: dict[str, str]) -> None:
        """Keep a row of a history until its deal comes; until then it is one without a deal."""
        self._db.execute(
            "INSERT INTO history (deal, stage, at, file, line, text, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (transition["deal"], transition["stage"], transition["at"], file, row.line, row.text, _NO_DEAL),
        )

    def transitions_of(self, deal: str) -> list[dict[str, str]]:
        """Give a deal's history, in the order of its dates; of one moment, in the order of the file."""
        found = self._db.execute("SELECT stage, at FROM history WHERE deal = ? ORDER BY at, id", (deal,)).fetchall()
        return [{"stage": stage, "at": at} for stage, at in found]

    def settle_history(self, deal: str, reason: str | None) -> None:
        """Say what became of a deal's history: None if it went in with the deal, else why it did not."""
        self._db.execute("UPDATE history SET reason = ? WHERE deal = ?", (reason, deal))

    def history_left(self, file: str) -> Iterator[Rejected]:
        """Give the rows of a history that did not go in."""
        left = self._db.execute(
            "SELECT line, text, reason FROM history WHERE file = ? AND reason IS NOT NULL ORDER BY line", (file,)
        )
        for line, text, reason in left:
            yield Rejected(line=line, text=text, reason=reason)

    def history_taken(self, file: str) -> int:
        """Count the rows of a history that went in."""
        query = "SELECT count(*) FROM history WHERE file = ? AND reason IS NULL"
        (count,) = self._db.execute(query, (file,)).fetchone()
        return int(count)
