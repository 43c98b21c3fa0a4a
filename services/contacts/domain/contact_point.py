"""Contact points: phones, e-mails, addresses, sites and messengers, checked and put into one spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.address import Address
from services.contacts.domain.kinds import CONTACT_POINT
from services.contacts.domain.text import line
from services.contacts.domain.validity import check_interval

_LONGEST = 500
_TELEGRAM = re.compile(r"(?:(?:https?://)?(?:t|telegram)\.me/|@)?([A-Za-z][A-Za-z0-9_]{3,31})", re.ASCII)


class ContactPointKind(StrEnum):
    """How one can be reached."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    SITE = "SITE"
    MESSENGER = "MESSENGER"


class Messenger(StrEnum):
    """Where a messenger's account is."""

    TELEGRAM = "TELEGRAM"
    WHATSAPP = "WHATSAPP"
    VIBER = "VIBER"
    SIGNAL = "SIGNAL"
    WECHAT = "WECHAT"
    SKYPE = "SKYPE"
    LINE = "LINE"
    VK = "VK"
    MAX = "MAX"
    OTHER = "OTHER"


_KNOWN_BY_PHONE = frozenset({Messenger.WHATSAPP, Messenger.VIBER, Messenger.SIGNAL})
_Key = tuple[ContactPointKind, str, str | None, Messenger | None]


@dataclass(frozen=True, kw_only=True)
class ContactPoint:
    """One way to reach someone, from ≤ day < to: `value` in the spelling it is compared in, `original` as it was given.

    A phone's extension stands apart, so that the value is a number that can be dialled.
    """

    id: UUID
    kind: ContactPointKind
    value: str
    original: str
    primary: bool
    extension: str | None = None
    messenger: Messenger | None = None
    address: Address | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @classmethod
    def of(
        cls,
        kind: ContactPointKind,
        value: str,
        *,
        country: str,
        primary: bool = False,
        messenger: Messenger | None = None,
        address: Address | None = None,
        valid_from: date | None = None,
        valid_to: date | None = None,
    ) -> ContactPoint:
        """Make a contact point; `country` (ISO 3166-1) is where a phone without a country code is; raise Refused."""
        original = line(value, "value", longest=_LONGEST)
        if messenger is not None and kind is not ContactPointKind.MESSENGER:
            raise refuse("INVALID", f"a {kind.lower()} is at no messenger; leave it out", "messenger")
        if address is not None and kind is not ContactPointKind.ADDRESS:
            raise refuse("INVALID", f"a {kind.lower()} has no parts of an address; leave them out", "address")
        check_interval(valid_from, valid_to)
        spelt, extension = _spell(kind, original, country, messenger)
        return cls(
            id=new_id(CONTACT_POINT), kind=kind, value=spelt, original=original, primary=primary, extension=extension,
            messenger=messenger, address=address, valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip

    @property
    def key(self) -> _Key:
        """What tells a point from its owner's others."""
        return (self.kind, self.value, self.extension, self.messenger)

    def end(self, day: date) -> ContactPoint:
        """Say that the point holds no more from a day on; it is no primary one then."""
        check_interval(self.valid_from, day)
        return replace(self, valid_to=day, primary=False)


def contact_list(points: Sequence[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Make the list of one owner: each value once, one primary of each kind; raise Refused if several claim to be."""
    distinct: dict[_Key, ContactPoint] = {}
    for point in points:
        known = distinct.get(point.key, point)
        distinct[point.key] = replace(known, primary=known.primary or point.primary)
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
    by_key = {point.key: point for point in known}
    return tuple(
        replace(before, primary=point.primary) if (before := by_key.get(point.key)) else point for point in given
    )


def merge_points(known: Sequence[ContactPoint], found: Sequence[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Add to the known points those that are new; what is known, primary included, stays."""
    keys = {point.key for point in known}
    kinds = {point.kind for point in known}
    fresh = (point for point in found if point.key not in keys)
    return (*known, *(replace(point, primary=point.primary and point.kind not in kinds) for point in fresh))


def with_point(points: Sequence[ContactPoint], new: ContactPoint) -> tuple[ContactPoint, ...]:
    """Put a point into its owner's list, in the place of the one with its id if there is one; raise Refused if known.

    A primary one takes that from the one of its kind that had it.
    """
    for point in points:
        if point.key == new.key and point.id != new.id:
            message = f"this {point.kind.lower()} is on the list already; change that one instead"
            raise refuse("KNOWN_ALREADY", message, "value", details=(str(point.id),))
    others = tuple(
        replace(point, primary=point.primary and not (new.primary and point.kind is new.kind)) for point in points
    )
    if any(point.id == new.id for point in others):
        return contact_list([new if point.id == new.id else point for point in others])
    return contact_list([*others, new])


def without_point(points: Sequence[ContactPoint], gone: ContactPoint) -> tuple[ContactPoint, ...]:
    """Take a point off its owner's list; where it was primary, the next of its kind is."""
    return contact_list([point for point in points if point.id != gone.id])


def _spell(kind: ContactPointKind, original: str, country: str, messenger: Messenger | None) -> tuple[str, str | None]:
    """Give the spelling that is compared, and a phone's extension."""
    match kind:
        case ContactPointKind.PHONE:
            return phone(original, country)
        case ContactPointKind.EMAIL:
            return email(original), None
        case ContactPointKind.SITE:
            return _site(original), None
        case ContactPointKind.ADDRESS:
            return _address(original), None
        case ContactPointKind.MESSENGER:
            return _account(original, country, messenger), None


def phone(original: str, country: str) -> tuple[str, str | None]:
    """Spell a phone number as E.164, and its extension; raise Refused if no number of its country is that long."""
    advice = "write it with the country code, like +1 212 555 0123, or name its country"
    try:
        number = phonenumbers.parse(original, country)
    except NumberParseException as error:
        raise refuse("INVALID_PHONE", f"{original!r} is no phone number in {country}; {advice}", "value") from error
    # possible, not valid: numbering plans grow faster than a library's copy of them. A number that works only within
    # its town has no E.164
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise refuse("INVALID_PHONE", f"{original!r} has not the length of a phone number; {advice}", "value")
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164)), number.extension or None


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


def _account(original: str, country: str, messenger: Messenger | None) -> str:
    if len(original) < 2 or not any(letter.isalnum() for letter in original):
        raise refuse("INVALID_MESSENGER", f"{original!r} is no account of a messenger", "value")
    if messenger in _KNOWN_BY_PHONE:
        return phone(original, country)[0]
    if messenger is Messenger.TELEGRAM:
        handle = _TELEGRAM.fullmatch(original)
        # many give the number they have there instead of a name
        return f"@{handle[1].lower()}" if handle else phone(original, country)[0]
    return original
