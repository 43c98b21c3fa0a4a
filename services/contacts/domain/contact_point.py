"""Contact points: phones, e-mails, addresses, sites and messengers, checked and put into one spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.kinds import CONTACT_POINT
from services.contacts.domain.text import line

_LONGEST = 500


class ContactPointKind(StrEnum):
    """How one can be reached."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    SITE = "SITE"
    MESSENGER = "MESSENGER"


@dataclass(frozen=True, kw_only=True)
class ContactPoint:
    """One way to reach someone: `value` in the spelling it is compared in, `original` as it was given."""

    id: UUID
    kind: ContactPointKind
    value: str
    original: str
    primary: bool

    @classmethod
    def of(cls, kind: ContactPointKind, value: str, *, country: str, primary: bool = False) -> ContactPoint:
        """Make a contact point; `country` (ISO 3166-1) is where a phone without a country code is; raise Refused."""
        original = line(value, "value", longest=_LONGEST)
        return cls(
            id=new_id(CONTACT_POINT),
            kind=kind,
            value=_spell(kind, original, country),
            original=original,
            primary=primary,
        )


def contact_list(points: Sequence[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Make the list of one owner: each value once, one primary of each kind; raise Refused if several claim to be."""
    distinct: dict[tuple[ContactPointKind, str], ContactPoint] = {}
    for point in points:
        known = distinct.get((point.kind, point.value), point)
        distinct[point.kind, point.value] = replace(known, primary=known.primary or point.primary)
    primary: dict[ContactPointKind, ContactPoint] = {}
    for point in distinct.values():
        if point.primary and point.kind in primary:
            raise refuse("SEVERAL_PRIMARY", f"only one {point.kind.lower()} can be primary; mark the one that is")
        if point.primary:
            primary[point.kind] = point
    for point in distinct.values():
        primary.setdefault(point.kind, point)
    return tuple(replace(point, primary=primary[point.kind] is point) for point in distinct.values())


def recognise_points(known: Sequence[ContactPoint], given: Sequence[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Give points that were known before the id they had; the spelling first given is kept, too."""
    by_value = {(point.kind, point.value): point for point in known}
    return tuple(
        replace(before, primary=point.primary) if (before := by_value.get((point.kind, point.value))) else point
        for point in given
    )


def merge_points(known: Sequence[ContactPoint], found: Sequence[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Add to the known points those that are new; what is known, primary included, stays."""
    values = {(point.kind, point.value) for point in known}
    kinds = {point.kind for point in known}
    fresh = (point for point in found if (point.kind, point.value) not in values)
    return (*known, *(replace(point, primary=point.primary and point.kind not in kinds) for point in fresh))


def _spell(kind: ContactPointKind, original: str, country: str) -> str:
    match kind:
        case ContactPointKind.PHONE:
            return phone(original, country)
        case ContactPointKind.EMAIL:
            return email(original)
        case ContactPointKind.SITE:
            return _site(original)
        case ContactPointKind.ADDRESS:
            return _address(original)
        case ContactPointKind.MESSENGER:
            return _messenger(original)


def phone(original: str, country: str) -> str:
    """Spell a phone number as E.164; raise Refused if no number of its country is that long."""
    advice = "write it with the country code, like +1 212 555 0123, or name its country"
    try:
        number = phonenumbers.parse(original, country)
    except NumberParseException as error:
        raise refuse("INVALID_PHONE", f"{original!r} is no phone number in {country}; {advice}", "value") from error
    # possible, not valid: numbering plans grow faster than a library's copy of them. A number that works only within
    # its town has no E.164
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise refuse("INVALID_PHONE", f"{original!r} has not the length of a phone number; {advice}", "value")
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def email(original: str, *field: str) -> str:
    """Spell an e-mail address in its normal form; raise Refused if it is none. The domain is not looked up."""
    field = field or ("value",)
    try:
        # an address within the enterprise (…@corp.local) is good enough to be kept
        found = validate_email(original, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise refuse("INVALID_EMAIL", f"{original!r} is no e-mail address: {error}", *field) from error
    if "." not in found.domain:
        raise refuse("INVALID_EMAIL", f"{original!r} is no e-mail address: its domain has no dot", *field)
    return found.normalized


def _site(original: str) -> str:
    full = original if "://" in original else f"https://{original}"
    try:
        parts = urlsplit(full)
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        host, port = "", ""
    labels = host.split(".")
    sane = len(labels) > 1 and len(host) <= 253 and all(label and label.replace("-", "").isalnum() for label in labels)
    if not sane or parts.scheme not in ("http", "https") or " " in original or parts.username is not None:
        raise refuse(
            "INVALID_SITE", f"{original!r} is no address of a site; write it like https://example.com", "value"
        )
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}{query}"


def _address(original: str) -> str:
    if not any(letter.isalpha() for letter in original):
        raise refuse("INVALID_ADDRESS", f"{original!r} is no postal address: it has no word in it", "value")
    return original


def _messenger(original: str) -> str:
    if len(original) < 2 or not any(letter.isalnum() for letter in original):
        raise refuse("INVALID_MESSENGER", f"{original!r} is no account of a messenger", "value")
    return original
