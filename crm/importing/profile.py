"""A profile: which files hold what, and how their columns become managers, partners, persons, interactions and deals.

system = "old-crm"                # where the external ids come from

[maps.products]
"GTX-B" = "GTXBasic"

[[files]]
name = "deals.csv"
kind = "deals"
[files.fields]
id = "number"                                             # a column
process = { value = "manual" }                            # the same for every row
title = { template = "{product} {number}" }               # put together from columns
outcome = { column = "state", map = { Won = "WON", Lost = "LOST", Open = "IN_PROGRESS" } }
products = { column = "product", map = "products", unmapped = "keep" }
created_at = { column = "opened", format = "%d.%m.%Y" }
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from chassis.errors import Misconfigured


class Kind(StrEnum):
    """What the rows of a file are."""

    MANAGERS = "managers"
    PARTNERS = "partners"
    PERSONS = "persons"
    INTERACTIONS = "interactions"
    DEALS = "deals"
    DEAL_HISTORY = "deal-history"


@dataclass(frozen=True, kw_only=True)
class Fields:
    """The fields that a kind has: those it must have, and those it may."""

    required: frozenset[str]
    optional: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every field of the kind."""
        return self.required | self.optional


FIELDS: Mapping[Kind, Fields] = {
    Kind.MANAGERS: Fields(required=frozenset({"id", "name"}), optional=frozenset({"email", "team"})),
    Kind.PARTNERS: Fields(
        required=frozenset({"id", "name"}),
        optional=frozenset(
            {"roles", "manager", "source", "registered_at", "phone", "email", "address", "site", "messenger"}
        ),
    ),
    Kind.PERSONS: Fields(
        required=frozenset({"id", "name"}),
        optional=frozenset(
            {"partner", "job_title", "role", "birthday", "phone", "email", "address", "site", "messenger"}
        ),
    ),
    Kind.INTERACTIONS: Fields(
        required=frozenset({"id", "kind", "at"}),
        optional=frozenset(
            {"partner", "persons", "manager", "direction", "title", "text"}
            | {"duration_seconds", "outcome", "outcome_text"}
        ),
    ),
    Kind.DEALS: Fields(
        required=frozenset({"id", "process", "title", "created_at"}),
        optional=frozenset(
            {"partner", "manager", "products", "amount", "currency"}
            | {"expected_close_on", "planned_start_on", "probability", "outcome", "closed_at", "loss_reason"}
        ),
    ),
    Kind.DEAL_HISTORY: Fields(required=frozenset({"deal", "stage", "at"}), optional=frozenset()),
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Known(_Part):
    """A file whose column lists the values that may occur."""

    file: str
    column: str


class Cell(_Part):
    """Where a field's value comes from, and what is made of it on the way."""

    column: str | None = None
    value: str | None = None
    template: str | None = None
    default: str | None = Field(None, description="what stands for an empty value")
    map: dict[str, str] | str | None = Field(None, description="value by value, or the name of one of [maps]")
    unmapped: Literal["reject", "keep"] = Field(
        "reject", description="what to do with a value that the map does not name"
    )
    known: Known | None = Field(None, description="a value that is not in this list is rejected")
    separator: str | None = Field(None, min_length=1, description="what stands between several values in one column")
    format: str | None = Field(None, description="how a date is written, as for strptime; ISO 8601 without it")

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if sum(origin is not None for origin in (self.column, self.value, self.template)) != 1:
            raise ValueError("give one of column, value or template")
        if self.template is not None:
            _template_columns(self.template)
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the value is made from."""
        if self.column is not None:
            return (self.column,)
        return _template_columns(self.template) if self.template is not None else ()


def _template_columns(template: str) -> tuple[str, ...]:
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise ValueError(f"the template {template!r} cannot be read: {error}") from error
    for _, column, spec, conversion in parts:
        if column == "" or spec or conversion:
            raise ValueError(f"the template {template!r} may hold names of columns in braces and nothing else in them")
    return tuple(column for _, column, _, _ in parts if column is not None)


def _column_in_short(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


SHEETS = ".xlsx"
"""How the names of files that hold sheets end."""


class Layout(_Part):
    """How the rows of a delimited file are written, or in which sheet of an XLSX file they stand."""

    encoding: str = Field("utf-8-sig", description="a superset of ASCII; utf-8-sig is UTF-8 with or without a mark")
    delimiter: str = Field(",", min_length=1, max_length=1)
    line_breaks: bool = Field(
        False, description="whether a quoted value may go on in the next line; else a stray quote costs one row only"
    )

    sheet: str | None = Field(None, min_length=1, description="of an XLSX file: the sheet's name")

    @field_validator("encoding")
    @classmethod
    def _readable_by_line(cls, name: str) -> str:
        try:
            codecs.lookup(name)
            plain = "a\n".encode(name).removeprefix(codecs.BOM_UTF8)
        except (LookupError, UnicodeError, AttributeError) as error:
            raise ValueError(f"{name!r} is not an encoding of text") from error
        if plain != b"a\n":
            raise ValueError(f"{name!r} is not a superset of ASCII; save the file as UTF-8")
        return name


class File(Layout):
    """One file, and what its rows are."""

    name: str = Field(min_length=1)
    kind: Kind
    fields: dict[str, Annotated[Cell, BeforeValidator(_column_in_short)]]
    decimal: Literal[".", ","] = Field(".", description="what stands before the decimal digits")

    @field_validator("name")
    @classmethod
    def _within_the_folder(cls, name: str) -> str:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError("is a name within the folder that --from gives")
        return name

    @model_validator(mode="after")
    def _fields_of_the_kind(self) -> Self:
        fields = FIELDS[self.kind]
        for name in self.fields:
            if name not in fields.all:
                raise ValueError(
                    f"fields.{name}: {self.kind} have no such field; they have {', '.join(sorted(fields.all))}"
                )
        for name in sorted(fields.required - set(self.fields)):
            raise ValueError(f"fields.{name}: {self.kind} need this field")
        if "outcome_text" in self.fields and "outcome" not in self.fields:
            raise ValueError("fields.outcome: a text of the outcome needs the outcome, a key such as call_back")
        if "amount" in self.fields and "currency" not in self.fields:
            raise ValueError('fields.currency: an amount needs a currency, for instance { value = "USD" }')
        if self.kind is Kind.DEALS and "outcome" in self.fields and "closed_at" not in self.fields:
            raise ValueError("fields.closed_at: an outcome needs the date on which the deal was closed")
        return self

    @model_validator(mode="after")
    def _sheet_of_a_workbook(self) -> Self:
        if (Path(self.name).suffix.lower() == SHEETS) != (self.sheet is not None):
            raise ValueError(f"sheet: the name of a sheet goes with a file that ends in {SHEETS}, and with no other")
        return self

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is read from the file."""
        return frozenset(column for cell in self.fields.values() for column in cell.columns)


class Profile(_Part):
    """All that an import needs to know beside the data."""

    system: str = Field(min_length=1, max_length=100, description="the system in which the external ids are unique")
    time_zone: str | None = Field(None, description="where a date without a time is midnight; CRM_TIME_ZONE without it")
    maps: dict[str, dict[str, str]] = {}
    files: tuple[File, ...] = Field(min_length=1)

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        try:
            return name if name is None else ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is not a time zone of the IANA database") from error

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        for i, file in enumerate(self.files):
            for name, cell in file.fields.items():
                if isinstance(cell.map, str) and cell.map not in self.maps:
                    raise ValueError(f"files.{i + 1}.fields.{name}.map: there is no [maps.{cell.map}]")
        kinds = {file.kind for file in self.files}
        if Kind.DEAL_HISTORY in kinds and Kind.DEALS not in kinds:
            raise ValueError("files: a history of deals is imported with its deals; name their file too")
        return self

    def map_of(self, cell: Cell) -> Mapping[str, str] | None:
        """Give a cell's value map, whether it stands there or has a name."""
        return self.maps[cell.map] if isinstance(cell.map, str) else cell.map


def load_profile(path: Path) -> Profile:
    """Read a profile; raise Misconfigured naming the key that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Misconfigured(f"the profile {path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"the profile {path} is not TOML: {error}") from error
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        raise Misconfigured(f"the profile {path}: {'; '.join(_fault(e) for e in error.errors())}") from error


def _fault(error: Any) -> str:
    """Say what is wrong with which key; files are counted from one, as people do."""
    path = []
    for part in error["loc"]:
        if isinstance(part, int):
            path.append(str(part + 1))
        elif "[" not in part and part != "str":  # pydantic names the branch of a union, which is no key
            path.append(part)
    message = str(error["msg"]).removeprefix("Value error, ")
    match error["type"]:
        case "extra_forbidden":
            message = "there is no such key"
        case "missing":
            message = "this key is missing"
    return f"{'.'.join(path)}: {message}" if path else message
