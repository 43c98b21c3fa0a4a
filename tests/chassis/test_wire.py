"""Commands read from JSON: what does not fit is said in words that tell what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, StringConstraints

from chassis.errors import Refused
from chassis.wire import NO_NUL, parse


class Colour(StrEnum):
    RED = "RED"
    BLUE = "BLUE"
    GREEN = "GREEN"


@dataclass(frozen=True, kw_only=True)
class Paint:
    name: Annotated[str, StringConstraints(min_length=1, max_length=5, pattern=NO_NUL)]
    colour: Colour = Colour.RED
    either: Literal[Colour.RED, Colour.BLUE] = Colour.RED
    coats: Annotated[int, Field(ge=1, le=100)] = 1
    walls: Annotated[frozenset[str], Field(min_length=1, max_length=2)] = field(default_factory=lambda: frozenset("N"))


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ({"name": None}, "INVALID", "Input should be a valid string"),
        ({"name": ""}, "REQUIRED", "this may not be empty"),
        ({"name": "a" * 6}, "TOO_LONG", "at most 5 characters fit here"),
        ({"name": "a\0b"}, "INVALID", "text holds no characters of code 0; leave them out"),
        ({"colour": "PINK"}, "INVALID", "choose one of 'RED', 'BLUE' or 'GREEN'"),
        ({"either": "GREEN"}, "INVALID", "choose one of 'RED' or 'BLUE'"),
        ({"coats": 0}, "INVALID", "give 1 or more"),
        ({"walls": []}, "REQUIRED", "this may not be empty"),
        ({"walls": ["N", "E", "S"]}, "TOO_LONG", "give at most 2 of these at once"),
    ],
)
def test_what_does_not_fit_is_said_in_plain_words(given: dict[str, Any], code: str, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(Paint, {"name": "wall"} | given)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.message, problem.field) == (code, message, tuple(given))


def test_everything_that_does_not_fit_is_said_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        parse(Paint, {"coats": 101})
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [
        ("REQUIRED", ("name",)),
        ("INVALID", ("coats",)),
    ]
