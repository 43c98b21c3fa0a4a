"""The tasks that a deal gets as it enters a stage, from the stage's plan."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.business_calendar import BusinessCalendar
from chassis.clock import day_of
from chassis.ids import new_id
from services.deals.domain.deal import Deal
from services.deals.domain.kinds import TASK
from services.deals.domain.process import Stage
from services.deals.domain.task import Due, Task
from services.deals.domain.task_template import AssigneeRole, TaskTemplate
from services.deals.domain.work_plan import WorkPlan


def stage_work(
    deal: Deal, stage: Stage, plan: WorkPlan, *, head_id: UUID | None, calendar: BusinessCalendar, now: datetime
) -> list[Task]:
    """Make the tasks of a stage that a deal has entered, in its plan of work; one that is still open is not made again.

    `head_id` is the head of the team of the deal's manager; where there is none, the manager is for what is the head's.
    """
    ids = {task.template_key: task.id for task in plan.of_stage(stage.key) if task.template_key and task.status.is_open}
    missing = [template for template in stage.plan if template.key not in ids]
    ids |= {template.key: new_id(TASK) for template in missing}
    today = day_of(now, calendar.zone)
    made = [
        Task(
            id=ids[template.key],
            deal_id=deal.id,
            title=template.title,
            assignee_id=_assignee(template, deal, head_id),
            due=Due.on_day(calendar.add_business_days(today, template.due_in_business_days), calendar.zone),
            prerequisites=frozenset(ids[key] for key in template.depends_on),
            stage=stage.key,
            template_key=template.key,
            created_at=now,
        )
        for template in missing
    ]
    plan.extend(made)
    return made


def _assignee(template: TaskTemplate, deal: Deal, head_id: UUID | None) -> UUID | None:
    match template.assignee:
        case AssigneeRole.OWNER:
            return deal.manager_id
        case AssigneeRole.TEAM_HEAD:
            return head_id or deal.manager_id
        case manager_id:
            return manager_id
