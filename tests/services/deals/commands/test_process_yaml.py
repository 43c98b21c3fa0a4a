"""Definitions in YAML: what is written is read again, and what cannot be read is said with its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from chassis.errors import Refused
from services.deals.answers.process_yaml import definition_yaml
from services.deals.commands.process_yaml import definition_in
from services.deals.domain.definition import Definition
from services.deals.domain.shipped_processes import SHIPPED
from tests.services.deals.definitions import DEFINITIONS

PLAIN = """\
key: export_sale
name: Export
control: CONTROLLED
stages:
  - {key: contact, name: Contact, probability: 0.1}
  - key: offer
    name: Offer
    probability: 0.5
    guards:
      - client_classified
      - name: required_fields_filled
        parameters: {fields: [amount, products]}
    plan:
      - {key: call, title: Call them, due_in_business_days: 1}
"""


@given(DEFINITIONS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_to_the_same(definition: Definition) -> None:
    text = definition_yaml(definition)
    assert definition_in(text) == definition
    assert definition_yaml(definition_in(text)) == text


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda shipped: shipped.key)
def test_what_ships_is_read_to_the_same(shipped: Definition) -> None:
    text = definition_yaml(shipped)
    assert definition_in(text) == Definition(
        key=shipped.key, name=shipped.name, russian_name=shipped.russian_name,
        control=shipped.control, won_by=shipped.won_by, stages=shipped.stages,
    )  # fmt: skip
    assert shipped.russian_name in text


def test_what_people_write_may_be_short() -> None:
    read = definition_in(PLAIN)
    assert (read.russian_name, read.won_by, [stage.rank for stage in read.stages]) == ("Export", "SHIPMENT", [1, 2])
    assert [(use.name, use.parameters) for use in read.stages[1].guards] == [
        ("client_classified", ()),
        ("required_fields_filled", (("fields", ("amount", "products")),)),
    ]
    assert [template.assignee for template in read.stages[1].plan] == ["OWNER"]


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("key: [", "line 1: "),
        ("key: a\nname: 'b", "line 2: "),
        ("key: a\n\tname: b", "line 2: "),
        ("key: a\nname: b\nkey: c", "line 3: 'key' comes twice"),
        ("? [a]\n: b", "line 1: a name is a text"),
        ("key: !!python/object:os.system x", "line 1: tags are not read"),
        ("key: !!timestamp x", "line 1: tags are not read"),
        (BOMB, "line 1: anchors and aliases are not read"),
        ("key: *a", "line 1: anchors and aliases are not read"),
        ("a: " + "[" * 5000, "line 1: this lies too deep"),
        ("--- 1\n--- 2", "line 2: "),
        ("", "line 1: it holds no definition"),
        ("just words", "line 1: it holds no definition"),
        ("key: a\nname: \0", "line 2: a character that YAML does not allow"),
        ("rank: " + "9" * 5000, "a number that cannot be read"),
    ],
)
def test_what_cannot_be_read_is_one_problem_with_its_line(text: str, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        definition_in(text)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.field) == ("INVALID_YAML", ("yaml",))
    assert problem.message.startswith(message), problem.message


@pytest.mark.parametrize(
    ("before", "after", "code", "field", "line"),
    [
        ("name: Export", "name: [x]", "INVALID", ("name",), 2),
        ("name: Export", "nome: Export", "REQUIRED", ("name",), 1),
        ("probability: 0.5", "probability: much", "INVALID", ("stages", "1", "probability"), 8),
        ("probability: 0.5", "probability: .nan", "INVALID", ("stages", "1", "probability"), 8),
        ("key: offer", "key: An offer", "INVALID", ("stages", "1", "key"), 6),
        ("[amount, products]", "{a: b}", "INVALID", ("stages", "1", "guards", "1", "parameters", "0", "value"), 12),
        ("title: Call them", "title: ''", "REQUIRED", ("stages", "1", "plan", "0", "title"), 14),
        ("key: call", "assignee_role: KING, key: call", "INVALID", ("stages", "1", "plan", "0", "assignee_role"), 14),
    ],
)
def test_what_does_not_fit_is_said_with_its_line(
    before: str, after: str, code: str, field: tuple[str, ...], line: int
) -> None:
    with pytest.raises(Refused) as refusal:
        definition_in(PLAIN.replace(before, after, 1))
    (problem,) = refusal.value.problems
    assert (problem.code, problem.field) == (code, ("yaml", *field))
    assert problem.message.startswith(f"line {line}: "), problem.message


def test_a_date_is_read_as_it_is_written() -> None:
    assert definition_in(PLAIN.replace("name: Export", "name: 2020-01-01")).name == "2020-01-01"
