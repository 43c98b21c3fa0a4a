"""Legal entities: their country and the tax ids it gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast
from uuid import UUID

import phonenumbers
import stdnum.ru.inn
import stdnum.ua.edrpou
from stdnum import get_cc_module
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from chassis.errors import Refused, refuse
from chassis.ids import new_id
from services.contacts.domain.kinds import LEGAL_ENTITY
from services.contacts.domain.text import line, optional_line

_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")
_SOME_NUMBER = re.compile(r"[0-9A-Z]{4,20}")
_ORGANISATION_INN = 10
_EU = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}
    | {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)


class _Numbers(Protocol):
    def validate(self, number: str) -> str: ...


@dataclass(frozen=True, kw_only=True)
class LegalEntity:
    """A legal person; where it has a tax id, that and the registration reason code tell it from others."""

    id: UUID
    name: str
    country: str
    tax_id: str | None
    registration_reason_code: str | None

    @classmethod
    def of(cls, name: str, country: str, tax_id: str | None, registration_reason_code: str | None) -> LegalEntity:
        """Make a legal entity; raise Refused for a tax id (INN, VAT …) or a KPP that its country would not give."""
        land = known_country(country, "country")
        number = _tax_id(land, optional_line(tax_id, "taxId", longest=50))
        return cls(
            id=new_id(LEGAL_ENTITY),
            name=line(name, "name"),
            country=land,
            tax_id=number,
            registration_reason_code=_reason_code(land, number, optional_line(registration_reason_code)),
        )


def known_country(code: str, *field: str) -> str:
    """Spell a country code in capitals; raise Refused if ISO 3166-1 alpha-2 has none such."""
    country = code.strip().upper()
    if country not in phonenumbers.SUPPORTED_REGIONS:  # the regions that have telephones
        raise refuse("UNKNOWN_COUNTRY", f"{code!r} is not a country code of ISO 3166-1, like DE or US", *field)
    return country


def _tax_id(country: str, number: str | None) -> str | None:
    if number is None:
        return None
    if country in _EU:
        return _eu_vat(country, number)
    numbers = _numbers_of(country)
    if numbers is None:
        return _plausible(country, number)
    try:
        return numbers.validate(number)
    except ValidationError as error:
        raise _invalid(country, number, str(error)) from error


def _eu_vat(country: str, number: str) -> str:
    """Spell a VAT number with the prefix of its country, whether it was given with it or not."""
    prefix = "EL" if country == "GR" else country
    bare = number.upper().replace(" ", "").removeprefix(country).removeprefix(prefix)
    try:
        return str(eu_vat.validate(prefix + bare))
    except ValidationError as error:
        raise _invalid(country, number, str(error)) from error


@lru_cache(maxsize=256)
def _numbers_of(country: str) -> _Numbers | None:
    own = {"RU": stdnum.ru.inn, "UA": stdnum.ua.edrpou}
    module = own.get(country) or get_cc_module(country, "vat") or get_cc_module(country, "tin")
    return cast("_Numbers | None", module)


def _plausible(country: str, number: str) -> str:
    """Take what could be a tax id of a country whose rules are not known here."""
    compact = re.sub(r"[\s./-]", "", number).upper()
    if not _SOME_NUMBER.fullmatch(compact) or not any(letter.isdigit() for letter in compact):
        raise _invalid(country, number, "it should be 4 to 20 digits and letters")
    return compact


def _reason_code(country: str, tax_id: str | None, code: str | None) -> str | None:
    if code is None:
        return None
    if country != "RU" or tax_id is None or len(tax_id) != _ORGANISATION_INN:
        reason = (
            "a registration reason code (KPP) goes with the 10-digit INN of an organisation in Russia; leave it out"
        )
        raise refuse("INVALID_REGISTRATION_REASON_CODE", reason, "registrationReasonCode")
    compact = code.replace(" ", "").upper()
    if not _KPP.fullmatch(compact):
        reason = f"{code!r} is no registration reason code (KPP): nine digits, the fifth and sixth may be letters"
        raise refuse("INVALID_REGISTRATION_REASON_CODE", reason, "registrationReasonCode")
    return compact


def _invalid(country: str, number: str, why: str) -> Refused:
    return refuse(
        "INVALID_TAX_ID", f"{number!r} is not a tax id of {country}: {why.rstrip('.')}; check the digits", "taxId"
    )
