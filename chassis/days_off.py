"""Days off, and worked ones that the week would leave free: from lists, files and the calendars of countries."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_COUNTRY = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,10}))?")


@dataclass(frozen=True, kw_only=True)
class DaysOff:
    """What is said of single days, against the week: a day that is named itself goes before its country's holiday."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    countries: tuple[Container[object], ...] = ()

    def says_of(self, day: date, *, worked: bool) -> bool:
        """Tell whether a day is worked on, of which the week says that it is `worked`."""
        if day in self.worked:
            return True
        return worked and day not in self.off and not any(day in holidays for holidays in self.countries)

    @classmethod
    def read(cls, items: Iterable[str]) -> DaysOff:
        """Read days: `2026-05-08` is off, `+2026-11-01` is worked, `RU` or `DE-BY` is a country, else it is a file.

        A file has such items in its lines; what follows a `#` is a remark. Raise ValueError with what cannot be read.
        """
        off: set[date] = set()
        worked: set[date] = set()
        countries: list[Container[object]] = []
        for item in _flattened(items):
            if country := _COUNTRY.fullmatch(item):
                countries.append(_holidays_of(country[1], country[2]))
            else:
                (worked if item.startswith("+") else off).add(date.fromisoformat(item.removeprefix("+")))
        return cls(off=frozenset(off), worked=frozenset(worked), countries=tuple(countries))


def _flattened(items: Iterable[str]) -> Iterator[str]:
    for item in items:
        if _COUNTRY.fullmatch(item) or re.fullmatch(r"\+?\d{4}-\d\d-\d\d", item):
            yield item
        else:
            yield from _lines(Path(item))


def _lines(file: Path) -> Iterator[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ValueError(f"{str(file)!r} is neither a day, nor a country, nor a file that can be read") from error
    for line in text.splitlines():
        if item := line.partition("#")[0].strip():
            yield item


def _holidays_of(country: str, subdivision: str | None) -> Container[object]:
    import holidays  # hundreds of countries: loaded where one is asked for

    try:
        return holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError as error:
        named = country if subdivision is None else f"{country}-{subdivision}"
        raise ValueError(f"the holidays of {named} are not known; name the days") from error
