"""Definitions of sales processes, as they are put in: bounded, but not yet free of mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from services.deals.commands.inputs import ListKey
from services.deals.domain.definition import Definition
from services.deals.domain.guards import GuardUse
from services.deals.domain.guards.parameters import Value
from services.deals.domain.process import ControlMode, Stage, WonBy
from services.deals.domain.task_template import AssigneeRole, TaskTemplate

_ONE_LINE = r"^[^\p{Cc}\p{Zl}\p{Zp}]*$"  # no control character, and nothing that ends a line
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_ONE_LINE)]
TaskTitle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=_ONE_LINE)]
_LONGEST_TEXT = 500


def _value(given: Any) -> Value:
    texts = given if isinstance(given, list) else [given]
    if isinstance(given, bool) or not all(isinstance(one, (str, int)) for one in texts):
        raise ValueError("a parameter is a whole number, a text or a list of texts")
    if any(len(str(one)) > _LONGEST_TEXT or not str(one).isprintable() for one in texts) or len(texts) > 100:
        raise ValueError(f"a parameter's text is one line of at most {_LONGEST_TEXT} characters")
    return tuple(map(str, given)) if isinstance(given, list) else given


@dataclass(frozen=True, kw_only=True)
class GuardArgumentInput:
    """What a stage gives for a parameter of a guard."""

    name: Name
    value: Annotated[Any, AfterValidator(_value)]


@dataclass(frozen=True, kw_only=True)
class GuardUseInput:
    """A guard that a stage names."""

    name: Name
    parameters: Annotated[tuple[GuardArgumentInput, ...], Field(max_length=20)] = ()

    def to_domain(self) -> GuardUse:
        """Give the use to the domain."""
        return GuardUse.of(self.name, {one.name: one.value for one in self.parameters})


@dataclass(frozen=True, kw_only=True)
class TaskTemplateInput:
    """A task of a plan; for the owner, if nobody is named."""

    key: ListKey
    title: TaskTitle
    due_in_business_days: Annotated[int, Field(le=1000)]
    assignee_role: AssigneeRole | None = None
    assignee_id: UUID | None = None
    depends_on: Annotated[tuple[ListKey, ...], Field(max_length=50)] = ()

    def __post_init__(self) -> None:
        if self.assignee_role is not None and self.assignee_id is not None:
            raise ValueError("a task is for a role or for one manager, not for both")

    def to_domain(self) -> TaskTemplate:
        """Give the template to the domain."""
        return TaskTemplate(
            key=self.key,
            title=self.title,
            due_in_business_days=self.due_in_business_days,
            assignee=self.assignee_id or self.assignee_role or AssigneeRole.OWNER,
            depends_on=self.depends_on,
        )


@dataclass(frozen=True, kw_only=True)
class StageInput:
    """A stage; without a rank it has that of its place."""

    key: ListKey
    name: Name
    probability: Annotated[float, Field(allow_inf_nan=False)]
    russian_name: Name | None = None
    rank: Annotated[int, Field(ge=-1000, le=1000)] | None = None
    guards: Annotated[tuple[GuardUseInput, ...], Field(max_length=20)] = ()
    allowed_dwell_days: Annotated[int, Field(le=10_000)] | None = None
    plan: Annotated[tuple[TaskTemplateInput, ...], Field(max_length=50)] = ()
    moves_on_when_done: bool = False

    def to_domain(self, place: int) -> Stage:
        """Give the stage, which stands at a place, to the domain."""
        return Stage(
            key=self.key,
            name=self.name,
            russian_name=self.russian_name or self.name,
            rank=place if self.rank is None else self.rank,
            probability=self.probability,
            guards=tuple(use.to_domain() for use in self.guards),
            allowed_dwell_days=self.allowed_dwell_days,
            plan=tuple(template.to_domain() for template in self.plan),
            moves_on_when_done=self.moves_on_when_done,
        )


@dataclass(frozen=True, kw_only=True)
class DefinitionInput:
    """A whole definition; a CONTROLLED process is won by shipment, the others by command, if not said."""

    key: ListKey
    name: Name
    control: ControlMode
    russian_name: Name | None = None
    won_by: WonBy | None = None
    stages: Annotated[tuple[StageInput, ...], Field(max_length=50)] = ()

    def to_domain(self) -> Definition:
        """Give the definition to the domain."""
        usual = WonBy.SHIPMENT if self.control is ControlMode.CONTROLLED else WonBy.COMMAND
        return Definition(
            key=self.key,
            name=self.name,
            russian_name=self.russian_name or self.name,
            control=self.control,
            won_by=self.won_by or usual,
            stages=tuple(stage.to_domain(place) for place, stage in enumerate(self.stages, start=1)),
        )
