"""`crm token` prints a token and nothing else."""

from __future__ import annotations

import jwt
import pytest

from tests.crm.conftest import Crm


def test_a_token_and_nothing_else(crm: Crm, capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("token", "--role", "analyst") == 0
    output = capsys.readouterr()
    assert output.err == ""
    assert output.out.count("\n") == 1
    claims = jwt.decode(output.out.strip(), options={"verify_signature": False})
    assert claims["role"] == "analyst"


@pytest.mark.parametrize("arguments", [("--role", "king"), ("--role", "manager", "--manager", "Ann")])
def test_what_no_token_can_say(crm: Crm, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("token", *arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("crm: ")
