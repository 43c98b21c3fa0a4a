"""Erasing a person: what is left of them, and how they are taken out of texts about others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.errors import Refused, refuse
from chassis.redaction import ERASED, Redaction
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.mention import Mention
from services.contacts.domain.person import ContactPerson
from services.contacts.domain.text import line

_DIGEST = "erased:"
_REASON_LENGTH = 500


def erased(person: ContactPerson, at: datetime) -> ContactPerson:
    """Give what is left of a person: that there was one."""
    return replace(
        person,
        full_name=ERASED,
        birthday=None,
        notes=None,
        time_zone=None,
        external_ref=digest_of(person.external_ref) if person.external_ref else None,
        erased_at=at,
        version=person.version + 1,
    )


def reason_of_erasure(reason: str) -> str:
    """Read why a person is erased; raise Refused for what is no line of text."""
    return line(reason, "reason", longest=_REASON_LENGTH)


def person_erased(*field: str) -> Refused:
    """Make the refusal of whatever would change an erased person."""
    return refuse("PERSON_ERASED", "this person was erased; nothing of them is kept or changed any more", *field)


def digest_of(ref: ExternalRef) -> ExternalRef:
    """Give what tells that a reference is an erased person's without holding it."""
    digest = hashlib.sha256(f"{ref.system}\0{ref.id}".encode()).hexdigest()
    return ExternalRef(system=ref.system, id=f"{_DIGEST}{digest}")


def without_person(
    text: str | None, mentions: Sequence[Mention], person_id: UUID, redaction: Redaction
) -> tuple[str | None, tuple[Mention, ...]]:
    """Take a person out of a text; give it with the mentions of others, where these stand now."""
    if text is None:
        return None, ()
    parts: list[str] = []
    kept: list[Mention] = []
    length = at = 0
    for mention in sorted(mentions, key=lambda one: one.start):
        before = redaction.text(text[at : mention.start])
        theirs = mention.person_id == person_id
        marked = ERASED if theirs else text[mention.start : mention.end]
        length += len(before)
        if not theirs:
            kept.append(Mention(person_id=mention.person_id, start=length, end=length + len(marked)))
        length += len(marked)
        at = mention.end
        parts += [before, marked]
    return "".join((*parts, redaction.text(text[at:]))), tuple(kept)
