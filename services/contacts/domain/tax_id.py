"""Tax ids and registration numbers, each checked by the rule of whoever gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, cast

import phonenumbers
import stdnum.lei
import stdnum.ru.inn
import stdnum.ru.ogrn
import stdnum.ua.edrpou
from stdnum import get_cc_module
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from chassis.errors import Refused, refuse
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import line

_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}", re.ASCII)
_SOME_NUMBER = re.compile(r"[0-9A-Z]{4,20}", re.ASCII)
_ORGANISATION_INN = 10
_ORGANISATION_OGRN = 13
_LONGEST = 50
_EU = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}
    | {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)


class TaxIdKind(StrEnum):
    """Whose number it is: Russia's four, the VAT number, a country's other tax number, the global LEI."""

    INN = "INN"
    KPP = "KPP"
    OGRN = "OGRN"
    OGRNIP = "OGRNIP"
    VAT = "VAT"
    TIN = "TIN"
    LEI = "LEI"


class _Numbers(Protocol):
    def validate(self, number: str) -> str: ...


@dataclass(frozen=True, kw_only=True, order=True)
class TaxId:
    """A number that tells a legal entity from others, in its compact spelling."""

    kind: TaxIdKind
    number: str


def known_country(code: str, *field: str) -> str:
    """Spell a country code in capitals; raise Refused if ISO 3166-1 alpha-2 has none such."""
    country = code.strip().upper()
    if country not in phonenumbers.SUPPORTED_REGIONS:  # the regions that have telephones
        raise refuse("UNKNOWN_COUNTRY", f"{code[:50]!r} is not a country code of ISO 3166-1, like DE or US", *field)
    return country


def main_kind(country: str) -> TaxIdKind:
    """Tell which number a country knows its companies by: `taxId` of the API."""
    if country == "RU":
        return TaxIdKind.INN
    return TaxIdKind.VAT if country in _EU else TaxIdKind.TIN


def main_number(country: str, number: str | None) -> str | None:
    """Spell the number that a country knows its companies by; raise Refused if it would not give such a one."""
    if number is None:
        return None
    if country in _EU:
        return _eu_vat(country, number, "taxId")
    numbers = _numbers_of(country)
    if numbers is None:
        return _plausible(country, number)
    return _validated(numbers, number, country, "taxId")


def reason_code(country: str, tax_id: str | None, code: str | None) -> str | None:
    """Spell a registration reason code (KPP); raise Refused where it does not go with an organisation's INN."""
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


def further_numbers(country: str, given: Iterable[tuple[TaxIdKind, str]]) -> tuple[TaxId, ...]:
    """Spell the numbers beside the main one, one of each kind; raise Refused with all that do not fit."""
    problems, found = Problems(), dict[TaxIdKind, TaxId]()
    for place, (kind, number) in enumerate(given):
        with problems.under("taxIds", place):
            if kind in (main_kind(country), TaxIdKind.KPP):
                known = "registrationReasonCode" if kind is TaxIdKind.KPP else "taxId"
                raise refuse("INVALID_TAX_ID", f"the {kind} of {country} is given as {known}", "kind")
            if kind in found:
                raise refuse("INVALID_TAX_ID", f"there is one {kind} only; it was given twice", "kind")
            found[kind] = TaxId(kind=kind, number=_further(country, kind, line(number, "number", longest=_LONGEST)))
    problems.settle()
    return tuple(sorted(found.values()))


def _further(country: str, kind: TaxIdKind, number: str) -> str:
    if kind in (TaxIdKind.INN, TaxIdKind.OGRN, TaxIdKind.OGRNIP) and country != "RU":
        raise refuse("INVALID_TAX_ID", f"the {kind} is a number of Russia, not of {country}", "kind")
    match kind:
        case TaxIdKind.OGRN | TaxIdKind.OGRNIP:
            compact = _validated(stdnum.ru.ogrn, number, country)
            if (len(compact) == _ORGANISATION_OGRN) is not (kind is TaxIdKind.OGRN):
                raise _invalid(country, number, "an OGRN has 13 digits, an OGRNIP 15", "number")
            return compact
        case TaxIdKind.LEI:
            return _validated(stdnum.lei, number, "any country")
        case TaxIdKind.VAT:  # a company outside of the Union, or of another country in it, may have one there
            return _validated(eu_vat, number, country)
        case _:
            numbers = get_cc_module(country, "tin")
            return _validated(numbers, number, country) if numbers else _plausible(country, number, "number")


def _eu_vat(country: str, number: str, field: str) -> str:
    """Spell a VAT number with the prefix of its country, whether it was given with it or not."""
    prefix = "EL" if country == "GR" else country
    bare = number.upper().replace(" ", "").removeprefix(country).removeprefix(prefix)
    return _validated(eu_vat, prefix + bare, country, field)


@lru_cache(maxsize=256)
def _numbers_of(country: str) -> _Numbers | None:
    own = {"RU": stdnum.ru.inn, "UA": stdnum.ua.edrpou}
    module = own.get(country) or get_cc_module(country, "vat") or get_cc_module(country, "tin")
    return cast("_Numbers | None", module)


def _validated(numbers: _Numbers, number: str, country: str, field: str = "number") -> str:
    try:
        return str(numbers.validate(number))
    except ValidationError as error:
        raise _invalid(country, number, str(error), field) from error


def _plausible(country: str, number: str, field: str = "taxId") -> str:
    """Take what could be a tax id of a country whose rules are not known here."""
    compact = re.sub(r"[\s./-]", "", number).upper()
    if not _SOME_NUMBER.fullmatch(compact) or not any(letter.isdigit() for letter in compact):
        raise _invalid(country, number, "it should be 4 to 20 digits and letters", field)
    return compact


def _invalid(country: str, number: str, why: str, field: str) -> Refused:
    return refuse(
        "INVALID_TAX_ID", f"{number!r} is not a tax id of {country}: {why.rstrip('.')}; check the digits", field
    )
