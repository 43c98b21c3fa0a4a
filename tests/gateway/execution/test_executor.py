"""The executor against small schemas: errors, nulls and the number of requests."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import build_schema, parse

from gateway.execution.deferred import Deferred
from gateway.execution.executor import execute
from gateway.execution.loading import Batches, Loader

SDL = """
type Query { people(first: Int): [Person!]! loose: [Person] one(id: ID!): Person boom: String! soft: String matrix: [[Int!]] thing: Thing }
type Mutation { rename(id: ID!, name: String!): Person }
interface Thing { id: ID! }
type Person implements Thing { id: ID! name: String! boss: Person strictBoss: Person! friends: [Person!] trouble: String must: String! }
"""


class Answered:
    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def result(self) -> Any:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


class People:
    """A service of people that counts what it is asked."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {
            str(i): {
                "id": str(i),
                "name": f"n{i}",
                "boss": str(i // 2) if i > 1 else None,
                "friends": [str(i + 1), str(i + 2)],
            }
            for i in range(1, 40)
        }
        self.asked: list[list[str]] = []
        self.broken = False

    def send(self, service: str, method: str, payload: Any, idempotency_key: str | None = None) -> Answered:
        self.asked.append(payload)
        if self.broken:
            return Answered(RuntimeError("down"))
        return Answered([self.rows.get(key) for key in payload])


def run(people: People, query: str, **variables: Any) -> Any:
    batches = Batches()
    loader = Loader(people, batches, ("people", "by_ids"), list, list)
    schema = build_schema(SDL)
    fields = schema.query_type.fields  # type: ignore[union-attr]
    person = schema.get_type("Person").fields  # type: ignore[union-attr]
    fields["people"].resolve = lambda _s, _i, first=3: loader.load_many([str(i + 1) for i in range(first)])
    fields["loose"].resolve = lambda *_: loader.load_many(["1", "2"])
    fields["one"].resolve = lambda _s, _i, id: loader.load(id)
    fields["boom"].resolve = _raise
    fields["soft"].resolve = _raise
    fields["matrix"].resolve = lambda *_: [[1, 2], [3, None], None]
    fields["thing"].resolve = lambda *_: loader.load("1")
    schema.get_type("Thing").resolve_type = lambda *_: "Person"  # type: ignore[union-attr]
    person["boss"].resolve = lambda p, _i: loader.load(p["boss"])
    person["strictBoss"].resolve = lambda p, _i: loader.load(p["boss"])
    person["friends"].resolve = lambda p, _i: loader.load_many(p["friends"])
    person["trouble"].resolve = lambda p, _i: loader.load("1").then(_raise)  # type: ignore[union-attr]
    person["must"].resolve = lambda p, _i: _raise() if p["id"] == "2" else p["name"]

    def rename(_s: Any, _i: Any, id: str, name: str) -> Deferred | None:
        people.rows[id] = {**people.rows[id], "name": name}
        loader.clear()
        return loader.load(id)

    schema.mutation_type.fields["rename"].resolve = rename  # type: ignore[union-attr]
    return execute(schema, parse(query), variables=variables, dispatch=batches.dispatch)


def _raise(*_: Any) -> Any:
    raise ValueError("boom")


def test_a_level_is_one_request_however_many_rows() -> None:
    for first in (3, 15):
        people = People()
        result = run(
            people, "query($n: Int) { people(first: $n) { id boss { id boss { id } } friends { name } } }", n=first
        )
        assert result.errors is None
        assert len(result.data["people"]) == first
        assert len(people.asked) <= 3, people.asked
        assert all(len(keys) == len(set(keys)) for keys in people.asked)


def test_answer_keeps_the_order_of_the_query() -> None:
    result = run(People(), '{ b: one(id: "3") { boss { name id } id } a: soft }')
    assert list(result.data) == ["b", "a"]
    assert list(result.data["b"]) == ["boss", "id"]
    assert list(result.data["b"]["boss"]) == ["name", "id"]


def test_error_of_a_nullable_field_stays_there() -> None:
    result = run(People(), '{ soft one(id: "1") { id } }')
    assert result.data == {"soft": None, "one": {"id": "1"}}
    assert [(e.path, e.message) for e in result.errors] == [(["soft"], "boom")]


def test_error_of_a_required_root_field_empties_the_answer() -> None:
    result = run(People(), '{ one(id: "1") { id } boom }')
    assert result.data is None
    assert [e.path for e in result.errors] == [["boom"]]


def test_error_of_a_deferred_value_is_at_its_path() -> None:
    result = run(People(), "{ people { id trouble } }")
    assert result.data["people"] == [{"id": str(i), "trouble": None} for i in (1, 2, 3)]
    assert [e.path for e in result.errors] == [["people", i, "trouble"] for i in range(3)]


def test_null_of_a_required_deferred_value_goes_up_to_the_nearest_nullable() -> None:
    result = run(People(), "{ loose { id strictBoss { id } } }")
    assert result.data == {"loose": [None, {"id": "2", "strictBoss": {"id": "1"}}]}
    assert [e.path for e in result.errors] == [["loose", 0, "strictBoss"]]


def test_null_goes_up_through_required_lists_to_the_root() -> None:
    result = run(People(), "{ people { strictBoss { id } } soft }")
    assert result.data is None
    assert sorted((e.path for e in result.errors), key=str) == [["people", 0, "strictBoss"], ["soft"]]


def test_what_is_within_a_nulled_place_reports_no_more() -> None:
    result = run(People(), '{ one(id: "2") { trouble must boss { trouble } } }')
    assert result.data == {"one": None}
    assert [e.path for e in result.errors] == [["one", "must"]]


def test_error_deep_in_nested_lists() -> None:
    result = run(People(), "{ loose { friends { must } } }")
    assert result.data == {"loose": [{"friends": None}, {"friends": [{"must": "n3"}, {"must": "n4"}]}]}
    assert [e.path for e in result.errors] == [["loose", 0, "friends", 0, "must"]]


def test_null_in_a_list_of_lists() -> None:
    result = run(People(), "{ matrix }")
    assert result.data == {"matrix": [[1, 2], None, None]}
    assert [e.path for e in result.errors] == [["matrix", 1, 1]]


def test_failed_batch_is_an_error_of_each_row() -> None:
    people = People()
    people.broken = True
    result = run(people, '{ a: one(id: "1") { id } b: one(id: "2") { id } soft }')
    assert result.data == {"a": None, "b": None, "soft": None}
    assert [(e.path, e.message) for e in result.errors] == [(["soft"], "boom"), (["a"], "down"), (["b"], "down")]
    assert len(people.asked) == 1


def test_mutations_run_one_after_another() -> None:
    people = People()
    result = run(people, 'mutation { a: rename(id: "1", name: "x") { name } b: rename(id: "1", name: "y") { name } }')
    assert result.data == {"a": {"name": "x"}, "b": {"name": "y"}}
    assert len(people.asked) == 2


def test_abstract_type_fragments_and_directives() -> None:
    query = """query($no: Boolean!) { thing { __typename ...P ... on Person { boss @include(if: $no) { id } } } }
               fragment P on Person { name id @skip(if: $no) }"""
    assert run(People(), query, no=False).data == {"thing": {"__typename": "Person", "name": "n1", "id": "1"}}


def test_bad_argument_is_an_error_of_its_field() -> None:
    result = run(People(), "query($id: ID) { one(id: $id) { id } soft }")
    assert result.data == {"one": None, "soft": None}
    assert ["one"] in [e.path for e in result.errors]


def test_bad_variable_is_an_error_of_the_request() -> None:
    result = run(People(), "query($n: Int) { people(first: $n) { id } }", n="many")
    assert result.data is None
    assert result.extensions == {"request": True}


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_requests_grow_with_the_depth_only(depth: int) -> None:
    people = People()
    query = "{ people(first: 12) " + "{ id friends " * depth + "{ id }" + "}" * depth + "}"
    assert run(people, query).errors is None
    assert len(people.asked) <= depth + 1
