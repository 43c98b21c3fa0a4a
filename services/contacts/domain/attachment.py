"""Attachments: files that are kept elsewhere, and what tells whether they are still the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.kinds import ATTACHMENT
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import line

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PLACE = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.ASCII | re.IGNORECASE)
_LARGEST = 2**50
_SCRIPTS = ("javascript:", "vbscript:", "data:")  # a client would run them as the user clicks


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file by reference; `url` says where it is kept (https://…, s3://…), `size` is in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    url: str
    sha256: str | None

    @classmethod
    def of(cls, name: str, media_type: str, size: int, url: str, sha256: str | None = None) -> Attachment:
        """Make a reference to a file; raise Refused with all that does not fit."""
        problems = Problems()
        with problems.under():
            name = line(name, "name")
        with problems.under():
            media_type = _media_type(media_type)
        with problems.under():
            if not 0 <= size <= _LARGEST:
                raise refuse("INVALID", "the size is a number of bytes", "size")
        with problems.under():
            url = _url(url)
        with problems.under():
            sha256 = _digest(sha256)
        problems.settle()
        return cls(id=new_id(ATTACHMENT), name=name, media_type=media_type, size=size, url=url, sha256=sha256)


def _media_type(given: str) -> str:
    kind = line(given, "mediaType", longest=100).lower()
    if not _MEDIA_TYPE.fullmatch(kind):
        raise refuse("INVALID", f"{kind!r} is no media type; write it like application/pdf", "mediaType")
    return kind


def _url(given: str) -> str:
    url = line(given, "url", longest=2000)
    if not _PLACE.fullmatch(url) or url.lower().startswith(_SCRIPTS):
        raise refuse("INVALID", "say where the file is kept, like https://files.example.com/1 or s3://bucket/1", "url")
    return url


def _digest(given: str | None) -> str | None:
    if given is None or not given.strip():
        return None
    digest = given.strip().lower()
    if not _SHA256.fullmatch(digest):
        raise refuse("INVALID", "a SHA-256 is 64 hexadecimal digits", "sha256")
    return digest
