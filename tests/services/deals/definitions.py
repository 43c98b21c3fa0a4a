"""Definitions of sales processes, for tests."""

from __future__ import annotations

import string
from typing import Any

import hypothesis.strategies as st

from chassis.ids import new_id
from chassis.wire import Json
from services.deals.domain.definition import Definition
from services.deals.domain.guards import GuardUse
from services.deals.domain.process import ControlMode, Stage, WonBy
from services.deals.domain.task_template import AssigneeRole, TaskTemplate


def stage(key: str, **more: Any) -> Json:
    """A stage, as it is put in."""
    return {"key": key, "name": key.title(), "probability": 0.5, **more}


def definition(key: str = "export_sale", *stages: Json, **more: Any) -> Json:
    """A definition, as it is put in; CONTROLLED, with two stages, if nothing else is said."""
    given = list(stages) or [stage("contact"), stage("offer")]
    return {"key": key, "name": "Export", "control": "CONTROLLED", "stages": given, **more}


_KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=8)
_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=10).map(str.strip).filter(bool)
_ARGUMENTS = st.one_of(
    st.integers(-(10**6), 10**6),
    st.text(string.printable[:95], max_size=20),
    st.lists(_KEYS, max_size=2).map(tuple),
)


def _some_of(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


_TASKS = st.builds(
    TaskTemplate,
    key=_KEYS,
    title=_NAMES,
    due_in_business_days=st.integers(-5, 100),
    assignee=st.one_of(st.sampled_from(AssigneeRole), st.builds(lambda: new_id(0x102))),
    depends_on=_some_of(_KEYS),
)
_STAGES = st.builds(
    Stage,
    key=_KEYS,
    name=_NAMES,
    russian_name=_NAMES,
    rank=st.integers(-3, 50),
    probability=st.floats(allow_nan=False, allow_infinity=False),
    guards=_some_of(st.builds(GuardUse.of, _NAMES, st.dictionaries(_NAMES, _ARGUMENTS, max_size=2))),
    allowed_dwell_days=st.none() | st.integers(-5, 1000),
    plan=_some_of(_TASKS),
    moves_on_when_done=st.booleans(),
)
DEFINITIONS = st.builds(
    Definition,
    key=_KEYS,
    name=_NAMES,
    russian_name=_NAMES,
    control=st.sampled_from(ControlMode),
    won_by=st.sampled_from(WonBy),
    stages=_some_of(_STAGES, 3),
)
"""Whatever a draft may hold, right or wrong."""
