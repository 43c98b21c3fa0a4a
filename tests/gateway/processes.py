"""Sales processes that tests write."""

from __future__ import annotations

from typing import Any

from tests.gateway.system import System

DRAFT = "draft { id version key problems { code field } }"


def stage(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": key.title(), "probability": 0.5, **more}


def definition(*stages: Any, key: str = "export_sale", control: str = "CONTROLLED") -> dict[str, Any]:
    return {"key": key, "name": "Export", "control": control, "stages": list(stages)}


def publish(system: System, given: dict[str, Any]) -> str:
    """Draft and publish a definition; give the id of the version."""
    made = system.do("draftSalesProcess", DRAFT, role="head_of_sales", definition=given)
    assert made["errors"] == []
    done = system.do("publishSalesProcess", "process { id }", role="head_of_sales", draft=made["draft"]["id"])
    assert done["errors"] == []
    return str(done["process"]["id"])
