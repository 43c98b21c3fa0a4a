"""The guided tour of the API, docs/api.md: each request is sent, and answered as it says there."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.gateway.system import System

_GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
_STEP = re.compile(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", re.DOTALL)


def test_a_sale_goes_as_the_guide_says(system: System) -> None:
    text = _GUIDE.read_text()
    steps = _STEP.findall(text)
    assert len(steps) == text.count("\n## ") == 13
    known = {"today": datetime.now(UTC).date().isoformat()}
    for request, answer in steps:
        given = system.ask(request, **{name: known[name] for name in re.findall(r"\$(\w+):", request)})
        shown = json.loads(answer)
        known |= _named(shown, given)
        assert given == _filled(shown, known)


def _named(shown: Any, given: Any) -> dict[str, str]:
    """Give the ids that an answer of the guide names, as `"$deal"`, by what really came there."""
    if isinstance(shown, str) and shown.startswith("$"):
        return {shown[1:]: given}
    if isinstance(shown, dict) and isinstance(given, dict):
        pairs = [(shown[name], given[name]) for name in shown.keys() & given.keys()]
    elif isinstance(shown, list) and isinstance(given, list):
        pairs = list(zip(shown, given, strict=False))
    else:
        return {}
    return {name: value for one, other in pairs for name, value in _named(one, other).items()}


def _filled(shown: Any, known: dict[str, str]) -> Any:
    """Put what the names stand for in their places."""
    if isinstance(shown, str) and shown.startswith("$"):
        return known[shown[1:]]
    if isinstance(shown, dict):
        return {name: _filled(value, known) for name, value in shown.items()}
    if isinstance(shown, list):
        return [_filled(one, known) for one in shown]
    return shown
