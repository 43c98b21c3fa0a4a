"""What is wrong with a definition: everything at once, each with the path of its field."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from uuid import UUID

from chassis.errors import Problem
from services.deals.domain.definition import Definition
from services.deals.domain.guards import CATALOGUE, Guard, GuardUse
from services.deals.domain.process import ControlMode, Stage, WonBy
from services.deals.domain.task_template import AssigneeRole, TaskTemplate

Path = tuple[str, ...]


def problems(definition: Definition, managers: Collection[UUID]) -> list[Problem]:
    """Give all that keeps a definition from being published; `managers` are those of its assignees that there are."""
    return [*_of_mode(definition), *_of_winning(definition), *_of_stages(definition, managers)]


def managers_named(definition: Definition) -> set[UUID]:
    """Give the managers for whom plans have tasks."""
    return {
        template.assignee
        for stage in definition.stages
        for template in stage.plan
        if not isinstance(template.assignee, AssigneeRole)
    }


def _of_mode(definition: Definition) -> Iterator[Problem]:
    if definition.control is ControlMode.UNMANAGED and definition.stages:
        yield _problem("STAGES_NOT_ALLOWED", "an UNMANAGED process has no stages", "stages")
    if definition.control is not ControlMode.UNMANAGED and not definition.stages:
        yield _problem("STAGES_REQUIRED", f"a {definition.control} process has at least one stage", "stages")


def _of_winning(definition: Definition) -> Iterator[Problem]:
    if definition.control is ControlMode.CONTROLLED and definition.won_by is not WonBy.SHIPMENT:
        yield _problem(
            "WON_BY_SHIPMENT", "a deal of a CONTROLLED process is won by SHIPMENT and no other way", "won_by"
        )
    if definition.control is ControlMode.UNMANAGED and definition.won_by is not WonBy.COMMAND:
        yield _problem(
            "WON_BY_COMMAND", "goods leave at the last stage; without stages a deal is won by COMMAND", "won_by"
        )


def _of_stages(definition: Definition, managers: Collection[UUID]) -> Iterator[Problem]:
    yield from _repeated([stage.key for stage in definition.stages], ("stages",), "stage")
    for place, stage in enumerate(definition.stages):
        path = ("stages", str(place))
        if stage.rank != place + 1:
            message = f"the ranks count from 1 in the order of the stages: here stands {place + 1}, not {stage.rank}"
            yield _problem("INVALID_RANK", f"{message}; no deal would reach the stage", *path, "rank")
        if not 0 <= stage.probability <= 1:
            yield _problem("INVALID_PROBABILITY", "a probability is from 0 to 1", *path, "probability")
        if stage.allowed_dwell_days is not None and stage.allowed_dwell_days < 1:
            yield _problem("INVALID_DWELL", "a deal may stay for one day or more", *path, "allowed_dwell_days")
        yield from _of_guards(stage.guards, (*path, "guards"))
        yield from _of_plan(stage.plan, managers, (*path, "plan"))
        yield from _of_moving_on(stage, place + 1 == len(definition.stages), (*path, "moves_on_when_done"))


def _of_guards(uses: Sequence[GuardUse], path: Path) -> Iterator[Problem]:
    yield from _repeated([use.name for use in uses], path, "guard", field="name")
    for place, use in enumerate(uses):
        guard = CATALOGUE.get(use.name)
        if guard is None:
            known = ", ".join(CATALOGUE)
            message = f"there is no guard {use.name[:50]!r}; there are {known}"
            yield _problem("UNKNOWN_GUARD", message, *path, str(place), "name")
        else:
            yield from _of_parameters(use, guard, (*path, str(place), "parameters"))


def _of_parameters(use: GuardUse, guard: type[Guard], path: Path) -> Iterator[Problem]:
    given, declared = dict(use.parameters), {one.name: one for one in guard.parameters}
    for name in given.keys() - declared.keys():
        takes = f"it takes {', '.join(declared)}" if declared else "it takes none"
        yield _problem("UNKNOWN_PARAMETER", f"{use.name!r} has no parameter {name[:50]!r}; {takes}", *path, name)
    for name, parameter in declared.items():
        if name not in given:
            yield _problem("PARAMETER_REQUIRED", f"{use.name!r} needs {name!r}: {parameter.takes}", *path, name)
            continue
        try:
            parameter.read(given[name])
        except ValueError:
            yield _problem("INVALID_PARAMETER", f"{name!r} of {use.name!r} takes {parameter.takes}", *path, name)


def _of_plan(plan: Sequence[TaskTemplate], managers: Collection[UUID], path: Path) -> Iterator[Problem]:
    keys = [template.key for template in plan]
    yield from _repeated(keys, path, "task")
    for place, template in enumerate(plan):
        at = (*path, str(place))
        unknown = [key for key in template.depends_on if key not in keys]
        if unknown:
            message = f"the plan has no task {unknown[0]!r} on which this one could depend"
            yield _problem("UNKNOWN_TASK", message, *at, "depends_on")
        if template.due_in_business_days < 0:
            yield _problem("INVALID_DUE", "a task is due on the day of entry or later", *at, "due_in_business_days")
        if not isinstance(template.assignee, AssigneeRole) and template.assignee not in managers:
            yield _problem("NOT_FOUND", f"there is no manager {template.assignee}", *at, "assignee_id")
    try:
        TopologicalSorter({template.key: template.depends_on for template in plan}).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        yield _problem("TASKS_IN_A_CIRCLE", f"no task of {circle} could ever be begun", *path)


def _of_moving_on(stage: Stage, is_last: bool, path: Path) -> Iterator[Problem]:
    if stage.moves_on_when_done and is_last:
        yield _problem("MOVES_NOWHERE", "there is no stage after the last one to move on to", *path)
    elif stage.moves_on_when_done and not stage.plan:
        yield _problem("NOTHING_TO_BE_DONE", "the stage has no plan whose last task could move the deal on", *path)


def _repeated(keys: Sequence[str], path: Path, word: str, *, field: str = "key") -> Iterator[Problem]:
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield _problem("DUPLICATE", f"another {word} is {key[:50]!r} already", *path, str(place), field)


def _problem(code: str, message: str, *path: str) -> Problem:
    return Problem(code=code, message=message, field=path)
