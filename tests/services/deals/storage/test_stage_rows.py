"""Stages as they are kept."""

from __future__ import annotations

from chassis.ids import new_id
from chassis.wire import plain
from services.deals.domain.guards import GuardUse
from services.deals.domain.process import Stage
from services.deals.domain.task_template import AssigneeRole, TaskTemplate
from services.deals.storage.stage_rows import stage_of, stage_row

OLD = {
    "key": "proposal", "name": "Proposal", "russian_name": "Предложение", "rank": 3, "probability": 0.3,
    "guards": ["client_classified"],
}  # fmt: skip


def test_a_stage_that_an_earlier_program_kept_reads_fine() -> None:
    stage = stage_of(OLD)
    assert stage.guards == (GuardUse.of("client_classified"),)
    assert (stage.allowed_dwell_days, stage.plan, stage.moves_on_when_done) == (None, (), False)


def test_what_is_kept_is_what_was_there() -> None:
    stage = Stage(
        key="proposal", name="Proposal", russian_name="Предложение", rank=3, probability=0.3,
        guards=(GuardUse.of("a", {"percent": 30, "fields": ("amount", "title")}),),
        allowed_dwell_days=14,
        plan=(
            TaskTemplate(key="draft", title="Write it", due_in_business_days=2),
            TaskTemplate(key="check", title="Check it", due_in_business_days=3, assignee=AssigneeRole.TEAM_HEAD),
            TaskTemplate(
                key="send", title="Send it", due_in_business_days=4, assignee=new_id(0x102), depends_on=("draft", "check")
            ),
        ),
        moves_on_when_done=True,
    )  # fmt: skip
    assert stage_of(plain(stage_row(stage))) == stage
