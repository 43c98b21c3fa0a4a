"""What other systems may rely on: documents that say what is sent, and that only grow."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import subprocess
import types
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from chassis.bus.envelope import event_headers
from chassis.events import Published
from chassis.ids import new_id
from chassis.wire import decode
from crm.schemas import documents
from crm.schemas.__main__ import main
from crm.schemas.asyncapi import attributes_schema
from crm.schemas.compatibility import breaches
from crm.schemas.event_schema import Schema, event_schema, schema_name
from crm.system import SERVICES, events_of

KINDS = [kind for service in SERVICES for kind in events_of(service)]

# properties that are plain strings: keys and codes that the enterprise defines, never what a person wrote or is called
KEYS = {
    "base", "amount", "currency", "country", "process_key", "key", "stage", "old_stage", "new_stage", "old_process_key", "highest_stage", "reason", "previous_outcome",
    "products", "changed", "roles", "source", "control", "won_by", "discount_percent",
    "outcome", "time_zone",
}  # fmt: skip
KEYS |= {"base_currency", "rate"}  # of exchange rates
KEYS |= {"product", "quantity", "size", "fulfilled"}  # of documents
KEYS |= {"max_discount_percent", "minimum_sum"}  # of sale terms
KEYS |= {"weight"}  # of preferences
KEYS |= {"probability"}  # of deals
KEYS |= {"value"}  # of sales targets: a number


@dataclasses.dataclass(frozen=True, kw_only=True)
class Price:
    amount: Decimal
    currency: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class DoorSold(Published, type="door.sold", subject="door_id"):
    """A door was sold."""

    door_id: str
    price: Price | None
    marks: tuple[str, ...] = ()


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Make values of a field's type, as services make them: instants aware, numbers within 64 bits."""
    if hint is datetime:
        return st.datetimes(timezones=st.just(UTC))
    if hint is int:
        return st.integers(0, 2**53)
    if hint is float:
        return st.floats(0, 1)
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*(any_of(one) for one in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(any_of(get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: any_of(hints[field.name]) for field in dataclasses.fields(hint)})
    return st.from_type(hint)


@pytest.mark.parametrize("kind", [*KINDS, DoorSold], ids=schema_name)
def test_what_is_sent_is_what_the_schema_says(kind: type[Published]) -> None:
    schema = event_schema(kind)
    validator = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)

    @given(event=any_of(kind))
    @settings(max_examples=int(os.environ.get("CRM_TEST_EXAMPLES", "15")), deadline=None)
    def is_as_said(event: Published) -> None:
        body = decode(event.body())
        validator.validate(body)
        assert set(body) == set(schema["properties"]) == set(schema["required"])

    is_as_said()


@pytest.mark.parametrize("kind", KINDS, ids=schema_name)
def test_events_carry_no_free_text(kind: type[Published]) -> None:
    schema = event_schema(kind)
    for part in (schema, *schema.get("definitions", {}).values()):
        texts = {name for name, one in part.get("properties", {}).items() if '{"type": "string"}' in json.dumps(one)}
        assert texts <= KEYS, "a name or a free text would outlive the person who asks to be forgotten"


def test_the_documents_are_up_to_date_and_keep_their_promises(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().err


def test_headers_are_as_described() -> None:
    now = datetime.now(UTC)
    headers = event_headers(
        event_id=str(new_id(0)), source="doors", type="door.sold", subject=str(uuid4()), occurred_at=now,
        recorded_at=now, sequence=3, position=7, correlation_id="abc",
    )  # fmt: skip
    schema = attributes_schema()
    Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER).validate(headers)
    assert set(headers) == set(schema["properties"])


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    made = documents.generated()
    document = made[documents.ASYNCAPI]
    assert document["channels"]["deal.stage_changed"]["address"] == "deal.stage_changed"
    for reference in references(document):
        if reference.startswith("./"):
            assert reference[2:] in made
            continue
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in references(value)]
    return [found for one in node for found in references(one)] if isinstance(node, list) else []


def test_what_is_not_public_is_not_in_the_asyncapi_document() -> None:
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class KeyLost(Published, type="key.lost", subject="key_id", public=False):
        """A key was lost."""

        key_id: str

    made = documents.generated({"doors": [DoorSold, KeyLost]})
    assert set(made) == {"door.sold.v1.json", "key.lost.v1.json", "asyncapi.json"}
    assert set(made["asyncapi.json"]["channels"]) == {"door.sold"}


# --- compatibility -------------------------------------------------------------------------------------------------

Change = Callable[[Schema], None]


def changed(change: Change) -> list[str]:
    """Change the schema of a door's sale and tell what that breaks."""
    new = copy.deepcopy(event_schema(DoorSold))
    change(new)
    return breaches(event_schema(DoorSold), new)


def _sets(*path: str, to: Any) -> Change:
    def change(schema: Schema) -> None:
        node: Any = schema
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda schema: None,
        _sets("description", to="Sold, at last."),
        _sets("properties", "colour", to={"type": "string"}),
        _sets("definitions", "Price", "properties", "tax", to={"type": "string"}),
    ],
)
def test_adding_breaks_nothing(change: Change) -> None:
    assert changed(change) == []


@pytest.mark.parametrize(
    ("change", "breach"),
    [
        (lambda schema: schema["properties"].pop("price"), "price: was taken away"),
        (_sets("properties", "marks", to={"type": "string"}), "marks: type was 'array' and is 'string'"),
        (_sets("properties", "marks", "items", to={"type": "integer"}), "marks[]: type was 'string' and is 'integer'"),
        (_sets("properties", "occurred_at", "format", to="date"), "occurred_at: format was 'date-time' and is 'date'"),
        (lambda schema: schema["required"].remove("door_id"), "door_id: was always there and no longer is"),
        (
            _sets("properties", "door_id", to={"anyOf": [{"type": "string"}, {"type": "null"}]}),
            "door_id: was string and is string or null",
        ),
        (
            _sets("definitions", "Price", "properties", "currency", to={"type": "integer"}),
            "price.currency: type was 'string' and is 'integer'",
        ),
        (lambda schema: schema["definitions"]["Price"]["properties"].pop("amount"), "price.amount: was taken away"),
    ],
)
def test_anything_else_is_told(change: Change, breach: str) -> None:
    assert breach in changed(change)


def test_enumerations_grow_and_do_not_shrink() -> None:
    small: Schema = {"properties": {"cause": {"type": "string", "enum": ["GOODS"]}}}
    large: Schema = {"properties": {"cause": {"type": "string", "enum": ["GOODS", "SERVICE"]}}}
    assert breaches(small, large) == []
    assert breaches(large, small) == ["cause: the values ['SERVICE'] were taken away"]


# --- files ---------------------------------------------------------------------------------------------------------


def sold(**more: Any) -> documents.Documents:
    schema = event_schema(DoorSold)
    return {"door.sold.v1.json": {**schema, "properties": {**schema["properties"], **more}}}


def test_a_promise_is_not_overwritten(tmp_path: Path) -> None:
    assert documents.write(tmp_path, made=lambda: sold(colour={"type": "string"})) == []
    assert documents.write(tmp_path, made=sold) == ["door.sold.v1.json: colour: was taken away"]
    assert documents.written(tmp_path) == sold(colour={"type": "string"})
    assert documents.write(tmp_path, made=dict) == ["door.sold.v1.json: nothing is published by this schema any more"]
    assert documents.write(tmp_path, anew=True, made=sold) == []
    assert documents.written(tmp_path) == sold()


def test_what_is_written_and_what_is_published_are_compared_both_ways(tmp_path: Path) -> None:
    documents.write(tmp_path)
    assert documents.differences(tmp_path) == []
    (tmp_path / "deal.won.v1.json").write_text("{}")
    (tmp_path / "deal.lost.v1.json").unlink()
    (tmp_path / "deal.eaten.v1.json").write_text("{}")
    assert sorted(documents.differences(tmp_path)) == [
        "deal.eaten.v1.json: no event class is of this type and version",
        "deal.lost.v1.json: is not written",
        "deal.won.v1.json: differs from the event class",
    ]


def test_the_promises_of_a_commit_are_found(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments], cwd=tmp_path, check=True
        )

    folder = tmp_path / "docs" / "events"
    git("init", "-q")
    documents.write(folder, made=lambda: sold(colour={"type": "string"}))
    git("add", ".")
    git("commit", "-qm", "published")
    documents.write(folder, anew=True, made=sold)
    promised = documents.committed("HEAD", folder)
    assert documents.broken(promised, documents.written(folder)) == ["door.sold.v1.json: colour: was taken away"]


def test_an_unknown_commit_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--against", "no-such-revision"]) == 2
    assert "no-such-revision" in capsys.readouterr().err
