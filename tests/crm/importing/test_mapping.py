"""Rows become the input of mutations."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm.importing.mapping import Mapper
from crm.importing.profile import Profile
from crm.importing.reading import Row, RowError

VALUES = {
    "no": "D-1",
    "who": "Ann",
    "client": "",
    "product": "GTX-B, Lamp",
    "sum": "1234,50",
    "opened": "06.05.2017",
    "state": "lost",
    "closed": "2017-05-08T10:00",
}
FIELDS: dict[str, Any] = {
    "id": "no",
    "process": {"value": "manual"},
    "title": {"template": "{no}: {product}"},
    "manager": "who",
    "partner": "client",
    "products": {"column": "product", "separator": ",", "map": "products", "unmapped": "keep"},
    "amount": "sum",
    "currency": {"value": "EUR"},
    "created_at": {"column": "opened", "format": "%d.%m.%Y"},
    "outcome": {"column": "state", "map": {"lost": "LOST", "open": "IN_PROGRESS"}},
    "closed_at": "closed",
    "loss_reason": {"value": "price"},
}


def make(values: dict[str, str] | None = None, *, kind: str = "deals", fields: dict[str, Any] | None = None) -> Any:
    file = {"name": "f.csv", "kind": kind, "decimal": ",", "fields": fields or FIELDS}
    profile = Profile.model_validate({"system": "old", "maps": {"products": {"GTX-B": "GTXBasic"}}, "files": [file]})
    mapper = Mapper(profile, profile.files[0], zone=ZoneInfo("Europe/Berlin"), folder=Path())
    return mapper.input(Row(line=2, text="", values=VALUES | (values or {})))


def test_a_deal() -> None:
    assert make() == {
        "externalRef": {"system": "old", "id": "D-1"},
        "processKey": "manual",
        "title": "D-1: GTX-B, Lamp",
        "managerRef": {"system": "old", "id": "Ann"},
        "products": ["GTXBasic", "Lamp"],
        "amount": {"amount": "1234.50", "currency": "EUR"},
        "createdAt": "2017-05-05T22:00:00Z",
        "transitions": [],
        "outcome": {"outcome": "LOST", "at": "2017-05-08T08:00:00Z", "reason": "price"},
    }


def test_what_is_empty_is_left_out() -> None:
    deal = make({"sum": "", "state": "open", "closed": "", "product": ""})
    assert deal["products"] == []
    assert not {"amount", "outcome", "partnerRef"} & set(deal)


@pytest.mark.parametrize(
    ("values", "column", "said"),
    [
        ({"no": " "}, "no", "the id is empty"),
        ({"opened": "2017-05-06"}, "opened", "is not a date written %d.%m.%Y"),
        ({"opened": "31.02.2017"}, "opened", "is not a date"),
        ({"closed": "2017-05-0"}, "closed", "is not a date, such as"),
        ({"closed": ""}, "closed", "the closed at is empty"),
        ({"state": "open"}, "closed", "a deal in progress has a date of closing"),
        ({"state": "gone"}, "state", "the profile's map does not name 'gone'"),
        ({"sum": "12x"}, "sum", "is not a number"),
        ({"sum": "NaN"}, "sum", "is not a number"),
    ],
)
def test_a_fault_names_its_column(values: dict[str, str], column: str, said: str) -> None:
    with pytest.raises(RowError) as raised:
        make(values)
    assert raised.value.column == column
    assert said in raised.value.reason


def test_a_deal_to_come_and_its_chance() -> None:
    fields = {**FIELDS, "planned_start_on": "start", "probability": "chance"}
    deal = make({"start": "2017-06-01", "chance": "0,4"}, fields=fields)
    assert (deal["plannedStartOn"], deal["probability"]) == ("2017-06-01", 0.4)
    assert not {"plannedStartOn", "probability"} & set(make({"start": "", "chance": ""}, fields=fields))
    with pytest.raises(RowError) as raised:
        make({"start": "", "chance": "40"}, fields=fields)
    assert (raised.value.column, "is not from 0 to 1" in raised.value.reason) == ("chance", True)


def test_a_partner() -> None:
    fields = {
        "id": "no",
        "name": "who",
        "roles": {"value": "CLIENT;SUPPLIER", "separator": ";"},
        "email": {"value": "a@example.com"},
        "registered_at": {"column": "opened", "format": "%d.%m.%Y"},
    }
    assert make(kind="partners", fields=fields) == {
        "externalRef": {"system": "old", "id": "D-1"},
        "name": "Ann",
        "roles": ["CLIENT", "SUPPLIER"],
        "contactPoints": [{"kind": "EMAIL", "value": "a@example.com"}],
        "occurredAt": "2017-05-05T22:00:00Z",
    }


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(RowError, match="'FRIEND' is none of"):
        make(kind="partners", fields={"id": "no", "name": "who", "roles": {"value": "FRIEND"}})


PERSON = {"id": "no", "name": "who", "role": {"value": "BUYER"}, "birthday": "opened", "email": "client"}
CALL: dict[str, Any] = {
    "id": "no",
    "kind": {"value": "CALL"},
    "at": "closed",
    "persons": {"column": "who", "separator": ";"},
    "outcome": "state",
    "outcome_text": "product",
    "duration_seconds": "client",
}


def test_a_person() -> None:
    fields = {**PERSON, "birthday": {"column": "opened", "format": "%d.%m.%Y"}}
    assert make({"client": "ann@acme.example"}, kind="persons", fields=fields) == {
        "externalRef": {"system": "old", "id": "D-1"},
        "fullName": "Ann",
        "role": "BUYER",
        "birthday": "2017-05-06",
        "contactPoints": [{"kind": "EMAIL", "value": "ann@acme.example"}],
    }


def test_an_interaction() -> None:
    assert make({"who": "1; 2", "client": "60"}, kind="interactions", fields=CALL) == {
        "externalRef": {"system": "old", "id": "D-1"},
        "kind": "CALL",
        "startedAt": "2017-05-08T08:00:00Z",
        "personRefs": [{"system": "old", "id": "1"}, {"system": "old", "id": "2"}],
        "durationSeconds": 60,
        "outcome": {"key": "lost", "text": "GTX-B, Lamp"},
    }


@pytest.mark.parametrize(
    ("kind", "fields", "values", "said"),
    [
        ("persons", PERSON, {}, "is not a date"),
        ("persons", {**PERSON, "role": "who"}, {}, "'Ann' is none of DECISION_MAKER"),
        ("interactions", {**CALL, "kind": "who"}, {"who": "shout"}, "'shout' is none of CALL"),
        ("interactions", {**CALL, "kind": "client"}, {}, "the kind is empty"),
        ("interactions", CALL, {"client": "1.5"}, "no whole number"),
        ("interactions", CALL, {"state": ""}, "a text of the outcome and no outcome"),
    ],
)
def test_what_does_not_fit_a_person_or_an_interaction(
    kind: str, fields: dict[str, Any], values: dict[str, str], said: str
) -> None:
    with pytest.raises(RowError, match=said):
        make(values, kind=kind, fields=fields)
