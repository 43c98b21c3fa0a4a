"""The parts of a postal address, as far as they are known."""

from __future__ import annotations

from dataclasses import dataclass

from services.contacts.domain.tax_id import known_country
from services.contacts.domain.text import optional_line


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address by its parts; the line that people read stands beside it."""

    country: str | None = None
    postal_code: str | None = None
    region: str | None = None
    city: str | None = None
    street: str | None = None
    building: str | None = None
    unit: str | None = None

    @classmethod
    def of(
        cls,
        *,
        country: str | None = None,
        postal_code: str | None = None,
        region: str | None = None,
        city: str | None = None,
        street: str | None = None,
        building: str | None = None,
        unit: str | None = None,
    ) -> Address | None:
        """Make an address; None where no part is given; raise Refused for a part that does not fit."""
        address = cls(
            country=known_country(country, "country") if country and country.strip() else None,
            postal_code=optional_line(postal_code, "postalCode", longest=20),
            region=optional_line(region, "region"),
            city=optional_line(city, "city"),
            street=optional_line(street, "street"),
            building=optional_line(building, "building", longest=50),
            unit=optional_line(unit, "unit", longest=50),
        )
        return address if address != cls() else None
