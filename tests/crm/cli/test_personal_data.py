"""`crm personal-data` against a server that holds one person."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.crm.api_server import Api, serving

HELD = {"person": {"fullName": "Жанна"}, "interactions": []}


class Holds(Api):
    """A server that answers with one person's data, or that nobody is there."""

    def answer(self, request: Any) -> tuple[int, Any]:
        """Answer the one question."""
        assert "personalData(person: $person)" in request["query"]
        if request["variables"] == {"person": "known"}:
            return 200, {"data": {"personalData": HELD}}
        return 200, {"errors": [{"message": "there is no contact person", "extensions": {"code": "NOT_FOUND"}}]}


def test_it_prints_what_is_held(crm: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Holds()) as api:
        assert crm("personal-data", "known", "--url", api.url, "--token", "x") == 0
        out = capsys.readouterr().out
        assert json.loads(out) == HELD
        assert "Жанна" in out
        assert crm("personal-data", "unknown", "--url", api.url, "--token", "x") == 2
        assert "there is no contact person" in capsys.readouterr().err
