"""From the columns of a row to the input of a mutation, field by field as the profile says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chassis.clock import midnight
from chassis.errors import Misconfigured
from crm.importing.profile import Cell, File, Kind, Profile
from crm.importing.reading import Row, RowError, read_column

Input = dict[str, Any]
"""One row of a bulk mutation's input."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_CONTACT_POINTS = {"phone": "PHONE", "email": "EMAIL", "address": "ADDRESS", "site": "SITE", "messenger": "MESSENGER"}
_OUTCOMES = ("IN_PROGRESS", "WON", "LOST")
_KINDS = ("CALL", "MEETING", "EMAIL", "MESSAGE", "NOTE")
_DIRECTIONS = ("IN", "OUT", "INTERNAL")
_PERSON_ROLES = ("DECISION_MAKER", "BUYER", "ACCOUNTANT", "DIRECTOR", "TECHNICAL", "OTHER")
_ROLES = ("PROSPECT", "CLIENT", "SUPPLIER", "COMPETITOR")

# the field of the profile behind a field of the mutation's input, to name the column in what was refused
_BEHIND: Mapping[str, str] = {
    "externalRef": "id",
    "managerRef": "manager",
    "partnerRef": "partner",
    "personRefs": "persons",
    "fullName": "name",
    "jobTitle": "job_title",
    "startedAt": "at",
    "durationSeconds": "duration_seconds",
    "processKey": "process",
    "process": "process",
    "expectedCloseOn": "expected_close_on",
    "plannedStartOn": "planned_start_on",
    "createdAt": "created_at",
    "occurredAt": "registered_at",
    "at": "closed_at",
    "reason": "loss_reason",
}


class Mapper:
    """Makes a file's rows into input.

    `zone` is where a date without a time is midnight; `folder` holds the lists of known values.
    """

    def __init__(self, profile: Profile, file: File, *, zone: ZoneInfo, folder: Path) -> None:
        self._file = file
        self._system = profile.system
        self._zone = ZoneInfo(profile.time_zone) if profile.time_zone is not None else zone
        self._maps = {name: profile.map_of(cell) for name, cell in file.fields.items()}
        self._known = {name: _known(cell, file, folder) for name, cell in file.fields.items()}
        self._input = _INPUTS[file.kind]

    def input(self, row: Row) -> Input:
        """Make a row into input; raise RowError with the column and the reason if it does not fit."""
        return self._input(Cells(self, row))

    def columns_behind(self, path: list[str]) -> tuple[str, ...]:
        """Name the columns behind the path of a refused field; none if it is no column's."""
        for part in path:
            for name in (_BEHIND.get(part, ""), part):
                if (cell := self._file.fields.get(name)) is not None:
                    return cell.columns
        return ()

    def text(self, name: str, row: Row) -> str | None:
        """Give a field's value, looked up and checked; None if it is empty."""
        cell = self._file.fields.get(name)
        if cell is None:
            return None
        if cell.template is not None:
            raw = cell.template.format_map({column: row.values[column].strip() for column in cell.columns})
        else:
            raw = row.values[cell.column] if cell.column is not None else cell.value or ""
        raw = raw.strip() or cell.default or ""
        return self._looked_up(name, cell, raw) if raw else None

    def texts(self, name: str, row: Row) -> list[str]:
        """Give the values of a field that may hold several."""
        cell = self._file.fields.get(name)
        if cell is None or cell.separator is None:
            value = self.text(name, row)
            return [value] if value is not None else []
        whole = row.values[cell.column] if cell.column is not None else cell.value or cell.default or ""
        parts = (part.strip() for part in whole.split(cell.separator))
        return [looked for part in parts if part and (looked := self._looked_up(name, cell, part))]

    def fault(self, name: str, reason: str) -> RowError:
        """Make the fault of a field."""
        cell = self._file.fields.get(name)
        return RowError(reason, ", ".join(cell.columns) if cell is not None and cell.columns else None)

    def instant(self, name: str, value: str) -> str:
        """Read a moment and write it as RFC 3339.

        A date is midnight in the business time zone; a time without a zone is meant there too.
        """
        written = self._file.fields[name].format
        try:
            if written is not None:
                moment = datetime.strptime(value, written)
            elif _ISO_MOMENT.fullmatch(value):
                moment = datetime.fromisoformat(value)
            else:
                raise ValueError
            if moment.tzinfo is None and moment.time() == datetime.min.time():
                moment = midnight(moment.date(), self._zone)
            elif moment.tzinfo is None:
                moment = moment.replace(tzinfo=self._zone)
            return moment.astimezone(ZoneInfo("UTC")).isoformat().replace("+00:00", "Z")
        except (ValueError, OverflowError):
            raise self.fault(name, f"{value!r} is not a date{self._as_written(written)}") from None

    def day(self, name: str, value: str) -> str:
        """Read a date and write it as RFC 3339."""
        written = self._file.fields[name].format
        try:
            if written is None and not _ISO_DAY.fullmatch(value):
                raise ValueError
            as_day = date.fromisoformat(value) if written is None else datetime.strptime(value, written).date()
            return as_day.isoformat()
        except ValueError:
            raise self.fault(name, f"{value!r} is not a date{self._as_written(written)}") from None

    def number(self, name: str, value: str) -> str:
        """Read a decimal number and write it exactly."""
        plain = value.replace(",", ".") if self._file.decimal == "," and "." not in value else value
        if not _NUMBER.fullmatch(plain):
            raise self.fault(name, f"{value!r} is not a number, such as 1234{self._file.decimal}50")
        return format(Decimal(plain), "f")

    def reference(self, value: str) -> Input:
        """Make a reference to a thing of the profile's system."""
        return {"system": self._system, "id": value}

    def _looked_up(self, name: str, cell: Cell, raw: str) -> str:
        known = self._known[name]
        if known is not None and raw not in known:
            assert cell.known is not None
            raise self.fault(name, f"{raw!r} is not in {cell.known.file}")
        values = self._maps[name]
        if values is None:
            return raw
        if raw not in values and cell.unmapped == "reject":
            raise self.fault(name, f"the profile's map does not name {raw!r}; it names {', '.join(values)}")
        return values.get(raw, raw)

    @staticmethod
    def _as_written(written: str | None) -> str:
        return f" written {written}" if written is not None else ", such as 2017-05-06"


def _known(cell: Cell, file: File, folder: Path) -> frozenset[str] | None:
    if cell.known is None:
        return None
    path = folder / cell.known.file
    if not path.is_file():
        raise Misconfigured(f"{path} is not there; the profile takes the known values of {cell.known.column!r} from it")
    return read_column(path, file, cell.known.column)


class Cells:
    """The fields of one row."""

    def __init__(self, mapper: Mapper, row: Row) -> None:
        self.mapper = mapper
        self._row = row

    def text(self, name: str) -> str | None:
        """Give a field's value; None if it is empty."""
        return self.mapper.text(name, self._row)

    def required(self, name: str) -> str:
        """Give a field's value; raise RowError if it is empty."""
        value = self.text(name)
        if value is None:
            raise self.mapper.fault(name, f"the {name.replace('_', ' ')} is empty")
        return value

    def texts(self, name: str) -> list[str]:
        """Give the values of a field that may hold several."""
        return self.mapper.texts(name, self._row)

    def instant(self, name: str) -> str | None:
        """Give a moment; None if it is empty."""
        value = self.text(name)
        return self.mapper.instant(name, value) if value is not None else None

    def required_instant(self, name: str) -> str:
        """Give a moment; raise RowError if it is empty."""
        return self.mapper.instant(name, self.required(name))

    def day(self, name: str) -> str | None:
        """Give a date; None if it is empty."""
        value = self.text(name)
        return self.mapper.day(name, value) if value is not None else None

    def share(self, name: str) -> float | None:
        """Give a number from 0 to 1; None if it is empty."""
        value = self.text(name)
        if value is None:
            return None
        share = float(self.mapper.number(name, value))
        if not 0 <= share <= 1:
            raise self.mapper.fault(name, f"{value!r} is not from 0 to 1; 40 % is 0.4")
        return share

    def whole(self, name: str) -> int | None:
        """Give a whole number; None if it is empty."""
        value = self.text(name)
        if value is None:
            return None
        if not _WHOLE.fullmatch(value):
            raise self.mapper.fault(name, f"{value!r} is no whole number of up to nine digits")
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...]) -> str | None:
        """Give one of the choices; None if it is empty."""
        return next(iter(self.one_of(name, choices)), None)

    def money(self) -> Input | None:
        """Give the amount with its currency; None if there is no amount."""
        value = self.text("amount")
        if value is None:
            return None
        return {"amount": self.mapper.number("amount", value), "currency": self.required("currency")}

    def reference(self, name: str) -> Input | None:
        """Give the reference to another thing; None if it is empty."""
        value = self.text(name)
        return self.mapper.reference(value) if value is not None else None

    def one_of(self, name: str, choices: tuple[str, ...]) -> list[str]:
        """Give values that are all among the choices; raise RowError otherwise."""
        values = self.texts(name)
        for value in values:
            if value not in choices:
                raise self.mapper.fault(name, f"{value!r} is none of {', '.join(choices)}; give the field a map")
        return values


def _manager(cells: Cells) -> Input:
    row = {"externalRef": cells.mapper.reference(cells.required("id")), "name": cells.required("name")}
    return row | _given(email=cells.text("email"), team=cells.text("team"))


def _partner(cells: Cells) -> Input:
    row = {"externalRef": cells.mapper.reference(cells.required("id")), "name": cells.required("name")}
    return row | _given(
        roles=cells.one_of("roles", _ROLES),
        managerRef=cells.reference("manager"),
        contactPoints=_contact_points(cells),
        source=cells.text("source"),
        occurredAt=cells.instant("registered_at"),
    )


def _contact_points(cells: Cells) -> list[Input]:
    return [{"kind": kind, "value": value} for name, kind in _CONTACT_POINTS.items() for value in cells.texts(name)]


def _person(cells: Cells) -> Input:
    row = {"externalRef": cells.mapper.reference(cells.required("id")), "fullName": cells.required("name")}
    return row | _given(
        partnerRef=cells.reference("partner"),
        jobTitle=cells.text("job_title"),
        role=cells.choice("role", _PERSON_ROLES),
        birthday=cells.day("birthday"),
        contactPoints=_contact_points(cells),
    )


def _interaction(cells: Cells) -> Input:
    kind = cells.choice("kind", _KINDS)
    row = {
        "externalRef": cells.mapper.reference(cells.required("id")),
        "kind": kind or cells.required("kind"),
        "startedAt": cells.required_instant("at"),
    }
    outcome, said = cells.text("outcome"), cells.text("outcome_text")
    if said is not None and outcome is None:
        raise cells.mapper.fault("outcome", "there is a text of the outcome and no outcome")
    return row | _given(
        partnerRef=cells.reference("partner"),
        personRefs=[cells.mapper.reference(id) for id in cells.texts("persons")],
        managerRef=cells.reference("manager"),
        direction=cells.choice("direction", _DIRECTIONS),
        title=cells.text("title"),
        text=cells.text("text"),
        durationSeconds=cells.whole("duration_seconds"),
        outcome={"key": outcome} | _given(text=said) if outcome is not None else None,
    )


def _deal(cells: Cells) -> Input:
    row = {
        "externalRef": cells.mapper.reference(cells.required("id")),
        "processKey": cells.required("process"),
        "title": cells.required("title"),
        "products": cells.texts("products"),
        "createdAt": cells.required_instant("created_at"),
        "transitions": [],
    }
    return row | _given(
        partnerRef=cells.reference("partner"),
        managerRef=cells.reference("manager"),
        amount=cells.money(),
        expectedCloseOn=cells.day("expected_close_on"),
        plannedStartOn=cells.day("planned_start_on"),
        probability=cells.share("probability"),
        outcome=_outcome(cells),
    )


def _outcome(cells: Cells) -> Input | None:
    outcome = cells.choice("outcome", _OUTCOMES) or "IN_PROGRESS"
    if outcome == "IN_PROGRESS":
        if cells.text("closed_at") is not None:
            raise cells.mapper.fault("closed_at", "a deal in progress has a date of closing")
        return None
    closed = {"outcome": outcome, "at": cells.required_instant("closed_at")}
    return closed | ({"reason": cells.required("loss_reason")} if outcome == "LOST" else {})


def _transition(cells: Cells) -> Input:
    return {"deal": cells.required("deal"), "stage": cells.required("stage"), "at": cells.required_instant("at")}


def _given(**fields: Any) -> Input:
    """Leave out what the row does not say: an absent field is left as it is where the thing is there already."""
    return {name: value for name, value in fields.items() if value not in (None, [])}


_INPUTS: Mapping[Kind, Callable[[Cells], Input]] = {
    Kind.MANAGERS: _manager,
    Kind.PARTNERS: _partner,
    Kind.PERSONS: _person,
    Kind.INTERACTIONS: _interaction,
    Kind.DEALS: _deal,
    Kind.DEAL_HISTORY: _transition,
}
