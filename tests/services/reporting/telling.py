"""Builders of what other services tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.ids import kind_of, new_id
from tests.services.reporting.world import (
    CLAIM,
    DEAL,
    INTERACTION,
    MANAGER,
    PARTNER,
    PAYMENT,
    PROCESS,
    STEP,
    TARGET,
    TASK,
    TEAM,
    Told,
    at,
)

LONG_AGO = at("2020-01-01")


@dataclass(frozen=True, kw_only=True)
class Process:
    """A version of a process; stages are named in the order of their ranks."""

    key: str = "sale"
    version: int = 1
    stages: Sequence[str] = ("contact", "offer", "contract")
    allowed: Mapping[str, int] = field(default_factory=dict)
    id: UUID = field(default_factory=lambda: new_id(PROCESS))

    def published(self, recorded_at: datetime = LONG_AGO) -> Told:
        data = {
            "process_id": self.id,
            "key": self.key,
            "version": self.version,
            "control": "MANUAL",
            "won_by": "COMMAND",
            "stages": [
                {"key": key, "rank": rank, "probability": 0.5, "allowed_dwell_days": self.allowed.get(key)}
                for rank, key in enumerate(self.stages, 1)
            ],
        }
        return Told(
            source="deals",
            type="process.published",
            subject=self.id,
            sequence=1,
            occurred_at=recorded_at,
            recorded_at=recorded_at,
            data=data,
        )

    def rank(self, stage: str | None) -> int | None:
        return self.stages.index(stage) + 1 if stage is not None else None


def usd(amount: str) -> dict[str, str | None]:
    """An amount in the base currency."""
    return {"amount": amount, "currency": "USD", "base": amount}


def eur(amount: str) -> dict[str, str | None]:
    """An amount for which no rate is known."""
    return {"amount": amount, "currency": "EUR", "base": None}


def usd_of(amount: str, base: str) -> dict[str, str | None]:
    """An amount in euros, with what it is in the base currency."""
    return {"amount": amount, "currency": "EUR", "base": base}


class Teller:
    """Tells the story of one deal, as its service would."""

    def __init__(self, process: Process, **about: Any) -> None:
        self.id = new_id(DEAL)
        self.process = process
        self.stage: str | None = None
        self.outcome = "IN_PROGRESS"
        self.held = False
        self.put_away: str | None = None
        self.about: dict[str, Any] = {
            "manager_id": None, "partner_id": None, "amount": None, "products": [], **about,
        }  # fmt: skip
        self.told: list[Told] = []

    def open(self, when: str | datetime, *, stage: str | None = None, recorded: datetime | None = None) -> Teller:
        self.stage = stage or next(iter(self.process.stages), None)
        return self._tell("deal.opened", when, recorded, **self._here())

    def move(self, when: str | datetime, stage: str, *, recorded: datetime | None = None) -> Teller:
        old, self.stage = self.stage, stage
        ranks = {"old_rank": self.process.rank(old), "new_rank": self.process.rank(stage)}
        return self._tell("deal.stage_changed", when, recorded, old_stage=old, new_stage=stage, **ranks)

    def go_on(
        self,
        when: str | datetime,
        process: Process,
        stage: str | None,
        *,
        highest: str | None,
        recorded: datetime | None = None,
    ) -> Teller:
        """Go on in another version or process."""
        old, old_stage = self.process, self.stage
        self.process, self.stage = process, stage
        return self._tell(
            "deal.process_changed",
            when,
            recorded,
            old_process_id=old.id,
            old_process_key=old.key,
            old_process_version=old.version,
            old_stage=old_stage,
            old_rank=old.rank(old_stage),
            new_stage=stage,
            new_rank=process.rank(stage),
            highest_stage=highest,
            highest_rank=process.rank(highest),
        )

    def win(self, when: str | datetime, *, recorded: datetime | None = None) -> Teller:
        self.outcome = "WON"
        return self._tell("deal.won", when, recorded, **self._here())

    def lose(
        self,
        when: str | datetime,
        reason: str = "price",
        *,
        competitor: UUID | None = None,
        recorded: datetime | None = None,
    ) -> Teller:
        self.outcome, self.held = "LOST", False
        return self._tell("deal.lost", when, recorded, reason=reason, competitor_id=competitor, **self._here())

    def reopen(self, when: str | datetime, *, recorded: datetime | None = None) -> Teller:
        previous, self.outcome = self.outcome, "IN_PROGRESS"
        return self._tell("deal.reopened", when, recorded, previous_outcome=previous, **self._here())

    def change(self, when: str | datetime, *, recorded: datetime | None = None, **about: Any) -> Teller:
        before = self.about["manager_id"]
        self.about |= about
        return self._tell("deal.changed", when, recorded, changed=sorted(about), old_manager_id=before)

    def hold(self, when: str | datetime, *, recorded: datetime | None = None) -> Teller:
        self.held = True
        return self._tell("deal.held", when, recorded, until=None)

    def resume(self, when: str | datetime, *, recorded: datetime | None = None) -> Teller:
        self.held = False
        return self._tell("deal.resumed", when, recorded)

    def correct(self, kind: str, when: str | datetime, *, recorded: datetime | None = None) -> Teller:
        """Tell that the deal was voided, merged, or neither after all."""
        self.put_away = kind if kind in ("voided", "merged") else None
        other = {"merged": {"into_id": new_id(DEAL)}, "unmerged": {"from_id": new_id(DEAL)}}
        return self._tell(f"deal.{kind}", when, recorded, **other.get(kind, {}))

    def revalue(
        self, when: str | datetime, amount: dict[str, str | None] | None, *, recorded: datetime | None = None
    ) -> Teller:
        self.about["amount"] = amount
        return self._tell("deal.revalued", when, recorded)

    def _here(self) -> dict[str, Any]:
        return {"stage": self.stage, "stage_rank": self.process.rank(self.stage)}

    def _tell(self, type: str, when: str | datetime, recorded: datetime | None, **data: Any) -> Teller:
        occurred_at = at(when) if isinstance(when, str) else when
        deal = {
            "deal_id": self.id,
            "process_id": self.process.id,
            "process_key": self.process.key,
            "process_version": self.process.version,
            **self.about,
        }
        event = Told(
            source="deals",
            type=type,
            subject=self.id,
            sequence=len(self.told) + 1,
            occurred_at=occurred_at,
            recorded_at=recorded or occurred_at,
            data=deal | data,
        )
        self.told.append(event)
        return self


def manager(team: UUID | None = None, when: datetime = LONG_AGO) -> Told:
    """A manager, in a team."""
    manager_id = new_id(MANAGER)
    return _contact("manager.registered", manager_id, 1, when, {"manager_id": manager_id, "team_id": team})


def moved_to(team: UUID | None, registered: Told, when: datetime) -> Told:
    """The same manager in another team."""
    data = {"manager_id": registered.subject, "team_id": team}
    return _contact("manager.changed", registered.subject, 2, when, data)


def team(parent: UUID | None = None, when: datetime = LONG_AGO) -> Told:
    """A team, below another."""
    team_id = new_id(TEAM)
    return _contact("team.registered", team_id, 1, when, {"team_id": team_id, "parent_id": parent, "head_id": None})


def partner(source: str | None = None, when: datetime = LONG_AGO) -> Told:
    """A partner, from a source."""
    partner_id = new_id(PARTNER)
    data = {"partner_id": partner_id, "roles": ["PROSPECT"], "manager_id": None, "source": source}
    return _contact("partner.registered", partner_id, 1, when, data)


def member(
    segment_id: UUID, partner_id: UUID, sequence: int, when: str | datetime = LONG_AGO, *, belongs: bool = True
) -> Told:
    """A partner who belongs to a segment from now on, or does not any more."""
    moment = at(when) if isinstance(when, str) else when
    kind = "segment.member_added" if belongs else "segment.member_removed"
    return _contact(kind, segment_id, sequence, moment, {"segment_id": segment_id, "partner_id": partner_id})


def merged_partner(partner_id: UUID, into_id: UUID, sequence: int, *, undone: bool = False) -> Told:
    """A partner that was merged into another one, or is not any more."""
    kind = "partner.unmerged" if undone else "partner.merged"
    return _contact(kind, partner_id, sequence, LONG_AGO, {"partner_id": partner_id, "into_id": into_id})


def claim(when: str, resolved: str | None, manager_id: UUID | None, **about: Any) -> list[Told]:
    """A claim, and its resolution."""
    claim_id = new_id(CLAIM)
    data = {"claim_id": claim_id, "partner_id": about.get("partner_id"), "severity": "NORMAL", "cause": "GOODS"}
    first = _contact("claim.registered", claim_id, 1, at(when), data | {"deal_id": about.get("deal_id")})
    told = [replace(first, source="claims")]
    if resolved is not None:
        end = data | {"manager_id": manager_id, "registered_at": at(when)}
        told.append(replace(_contact("claim.resolved", claim_id, 2, at(resolved), end), source="claims"))
    return told


def task(
    *steps: tuple[str, str, str | None, UUID | None], deal_id: UUID | None = None, partner_id: UUID | None = None
) -> list[Told]:
    """A task: of each step its type, when it was (or the moment), when it is due now, and whose it is to do."""
    task_id = new_id(TASK)
    told = []
    for sequence, (type, when, due, assignee) in enumerate(steps, 1):
        status = {"task.completed": "DONE", "task.cancelled": "CANCELLED"}.get(type, "PLANNED")
        data = {
            "task_id": task_id,
            "deal_id": deal_id,
            "partner_id": partner_id,
            "assignee_id": assignee,
            "due_at": at(due) if due else None,
            "status": status,
            "completed_at": at(when) if status == "DONE" else None,
        }
        told.append(replace(_contact(type, task_id, sequence, at(when), data), source="deals"))
    return told


def target(owner_id: UUID, measure: str, first: str, end: str, *steps: tuple[str, datetime, str]) -> list[Told]:
    """A target of a manager or a team from a day to another: of each step "set" or "withdrawn", when it was, and the value."""
    target_id = new_id(TARGET)
    whose = "team_id" if kind_of(owner_id) == TEAM else "manager_id"
    told = []
    for sequence, (type, when, value) in enumerate(steps, 1):
        data = {
            "target_id": target_id,
            whose: owner_id,
            "measure": measure,
            "first_on": first,
            "end_on": end,
            "value": value,
            "currency": "USD" if measure == "WON_AMOUNT" else None,
        }
        told.append(replace(_contact(f"sales_target.{type}", target_id, sequence, when, data), source="deals"))
    return told


def step(deal_id: UUID, due: datetime, *steps: tuple[str, datetime]) -> list[Told]:
    """A next step of a deal: when it was planned, and done or dropped."""
    step_id = new_id(STEP)
    data = {"step_id": step_id, "deal_id": deal_id, "due_at": due, "kind": "CALL", "assignee_id": None}
    return [
        replace(_contact(f"next_step.{type}", step_id, sequence, when, data), source="deals")
        for sequence, (type, when) in enumerate(steps, 1)
    ]


def document(deal_id: UUID, when: datetime) -> Told:
    """A document of a deal to which something happened."""
    payment_id = new_id(PAYMENT)
    data = {"payment_id": payment_id, "deal_id": deal_id}
    return replace(_contact("payment.reversed", payment_id, 1, when, data), source="deals")


def roles(partner_id: UUID, sequence: int, when: str | datetime, *names: str) -> Told:
    """A partner whose roles are others now."""
    moment = at(when) if isinstance(when, str) else when
    data = {"partner_id": partner_id, "roles": names, "manager_id": None, "source": None, "changed": ["roles"]}
    return _contact("partner.changed", partner_id, sequence, moment, data)


def interaction(
    when: str | datetime,
    *managers: UUID,
    recorded: datetime | None = None,
    kind: str = "CALL",
    direction: str = "OUT",
    automatic: bool = False,
    corrects: Told | None = None,
    partners: Sequence[UUID] = (),
    deals: Sequence[UUID] = (),
) -> Told:
    """A call that took place, or that is what another one really was."""
    interaction_id, moment = new_id(INTERACTION), at(when) if isinstance(when, str) else when
    data = {
        "interaction_id": interaction_id,
        "kind": kind,
        "direction": direction,
        "automatic": automatic,
        "partner_ids": partners,
        "deal_ids": deals,
        "claim_ids": [],
        "person_ids": [],
        "manager_ids": managers,
        "started_at": moment,
        **({"corrects_id": corrects.subject} if corrects else {}),
    }
    type = "interaction.corrected" if corrects else "interaction.registered"
    return replace(_contact(type, interaction_id, 1, moment, data), recorded_at=recorded or moment)


def _contact(type: str, subject: UUID, sequence: int, when: datetime, data: dict[str, Any]) -> Told:
    return Told(
        source="contacts",
        type=type,
        subject=subject,
        sequence=sequence,
        occurred_at=when,
        recorded_at=when,
        data=data,
    )
