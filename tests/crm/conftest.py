"""Fixtures of the command line's tests."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.crm.api_server import Api, serving
from tests.crm.sales_set import SalesSet, make_sales_set

Crm = Callable[..., int]


@pytest.fixture
def sales(tmp_path: Path) -> SalesSet:
    """A small sales history."""
    return make_sales_set(tmp_path / "data")


@pytest.fixture
def api() -> Iterator[Api]:
    """A server that takes imports."""
    with serving(Api()) as server:
        yield server


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crm]:
    """Run the command line in a folder of its own: `crm("import", …)` gives the exit code."""
    from crm.cli.app import run

    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield lambda *arguments: run([str(argument) for argument in arguments])
    root.handlers[:] = handlers  # a command sets up logging for its process; here it is the tests'
    root.setLevel(level)
