"""Whatever goes wrong is one line and exit code 2."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.crm.conftest import Crm

_ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("import",),
        ("import", "nowhere.toml"),
        ("import", "x.toml", "--batch", "many"),
        ("serve", "deals"),
        ("token",),
        ("parked", "list", "--service", "kitchen"),
        ("parked", "retry"),
        ("migrate", "kitchen"),
    ],
)
def test_one_line(crm: Crm, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert crm(*arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("crm: ")
    assert output.err.count("\n") == 1


def test_a_wrong_setting_is_named(
    crm: Crm, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRM_HTTP_PORT", "eighty")
    assert crm("migrate") == 2
    assert "CRM_HTTP_PORT" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "serve"])
def test_as_a_process(command: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crm", command, "--colour", "red"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "crm: No such option: --colour\n"
