"""What the services' classes offer, all of which has to be on the bus."""

from __future__ import annotations

import importlib
import inspect

import pytest


@pytest.mark.parametrize("name", ["contacts", "deals", "claims", "reporting"])
def test_every_method_can_be_called_over_the_bus(name: str) -> None:
    service = getattr(importlib.import_module(f"services.{name}.service"), f"{name.capitalize()}Service")
    methods = {word: one for word, one in inspect.getmembers(service, inspect.isfunction) if not word.startswith("_")}
    assert methods
    assert [word for word, method in methods.items() if not getattr(method, "nameko_entrypoints", None)] == []
