"""`crm replay`: what it says, and what it refuses."""

from __future__ import annotations

import pytest

from tests.crm.conftest import Crm

_SAID = [
    (["reporting"], 0, "reporting has heard 0 events"),
    (["reporting", "--from-start"], 0, "reporting has heard 0 events"),
    (["reporting", "--from-start", "--only", "deals", "--only", "processes"], 0, "reporting has heard 0 events"),
    (["reporting", "--only", "deals"], 2, "--only says what --from-start is to build anew"),
    (["reporting", "--from-start", "--only", "moods"], 2, "no projection 'moods'; there are deals,"),
    (["deals", "--from-start"], 2, "owns data that no replay can bring back"),
]


def test_replay(crm: Crm, capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("migrate") == 0
    for arguments, code, said in _SAID:
        assert crm("replay", *arguments) == code
        output = capsys.readouterr()
        assert said in output.out + output.err


def test_a_database_of_another_version_is_not_rebuilt(crm: Crm, capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("replay", "reporting", "--from-start") == 2
    assert "run crm migrate reporting first" in capsys.readouterr().err
