"""Processes whose stages have plans of work."""

from __future__ import annotations

from chassis.ids import new_id
from chassis.store.database import Database
from services.deals.domain.guards import GuardUse
from services.deals.domain.kinds import PROCESS
from services.deals.domain.process import ControlMode, Process, Stage, WonBy
from services.deals.domain.task_template import AssigneeRole, TaskTemplate
from services.deals.storage.processes import Processes

PREPARE = TaskTemplate(key="prepare", title="Prepare an offer", due_in_business_days=2)
CHECK = TaskTemplate(
    key="check",
    title="Check the offer",
    due_in_business_days=3,
    assignee=AssigneeRole.TEAM_HEAD,
    depends_on=("prepare",),
)
GREET = TaskTemplate(key="greet", title="Say hello", due_in_business_days=0)


def publish(database: Database, *stages: Stage, control: ControlMode = ControlMode.CONTROLLED) -> str:
    """Publish a process of these stages, and give its id."""
    process = Process(
        id=new_id(PROCESS),
        key=f"planned_{new_id(PROCESS).hex[-8:]}",
        name="Planned",
        russian_name="Плановая",
        version=1,
        control=control,
        won_by=WonBy.COMMAND,
        stages=stages,
    )
    with database.transaction() as tx:
        Processes(tx.connection).add(process, tx.now)
    return str(process.id)


def planned_sale(
    database: Database,
    *,
    guards: tuple[str, ...] = (),
    moves_on: bool = False,
    control: ControlMode = ControlMode.CONTROLLED,
    dwell: int | None = None,
) -> str:
    """Publish contact (one task) → offer (two tasks, one after the other) → close, and give its id."""
    return publish(
        database,
        _stage("contact", 1, plan=(GREET,), allowed_dwell_days=dwell),
        _stage("offer", 2, plan=(CHECK, PREPARE), moves_on_when_done=moves_on),
        _stage("close", 3, guards=tuple(GuardUse(name=name) for name in guards)),
        control=control,
    )


def _stage(key: str, rank: int, **more: object) -> Stage:
    return Stage(key=key, name=key.title(), russian_name=key, rank=rank, probability=0.5, **more)  # type: ignore[arg-type]
