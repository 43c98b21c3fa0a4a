"""Setting the service levels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from chassis.actor import Actor
from chassis.errors import Problem, Refused, refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.domain import kinds
from services.claims.domain.severity import Severity
from services.claims.domain.sla_policy import SlaPolicy, Target
from services.claims.events import SlaPolicyRegistered, TargetTold
from services.claims.storage.sla_policies import SlaPolicies, policy_json

Minutes = Annotated[int, Field(ge=1, le=366 * 24 * 60)]
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class TargetInput:
    """Minutes of business time that are allowed at a severity."""

    severity: Severity
    first_response_minutes: Minutes
    resolution_minutes: Minutes


@dataclass(frozen=True, kw_only=True)
class SetSlaPolicy:
    """Ask that claims registered from now on have these targets, one of each severity.

    `warn_at_percent` is the share of a target after which somebody above is warned; null warns nobody.
    """

    targets: Annotated[list[TargetInput], Field(max_length=10)]
    warn_at_percent: Annotated[int, Field(ge=1, le=99)] | None = None
    expected_version: int | None = None


def set_sla_policy(command: SetSlaPolicy, tx: Transaction, actor: Actor) -> Json:
    """Add a version of the service levels; claims that are there keep the version they were registered under."""
    actor.require("lists")
    _check(command.targets)
    policies = SlaPolicies(tx.connection)
    version = policies.latest_version()
    if command.expected_version not in (None, version):
        message = f"the service levels are at version {version}, not {command.expected_version}; look at them again"
        raise refuse("CONFLICT", message, "expectedVersion")
    policy = SlaPolicy(
        id=new_id(kinds.SLA_POLICY),
        version=version + 1,
        valid_from=tx.now,
        warn_at_percent=command.warn_at_percent,
        targets={
            one.severity: Target(
                first_response=timedelta(minutes=one.first_response_minutes),
                resolution=timedelta(minutes=one.resolution_minutes),
            )
            for one in command.targets
        },
    )
    policies.add(policy, actor.subject)
    told = tuple(
        TargetTold(
            severity=severity,
            first_response_seconds=target.first_response // _SECOND,
            resolution_seconds=target.resolution // _SECOND,
        )
        for severity, target in sorted(policy.targets.items(), key=lambda one: list(Severity).index(one[0]))
    )
    tx.emit(
        SlaPolicyRegistered(
            sequence=policy.version,
            occurred_at=tx.now,
            policy_id=policy.id,
            policy_version=policy.version,
            valid_from=policy.valid_from,
            targets=told,
            warn_at_percent=policy.warn_at_percent,
        )
    )
    seconds = {one.severity.value: [one.first_response_seconds, one.resolution_seconds] for one in told}
    return policy_json(policy.id, policy.version, policy.valid_from, policy.warn_at_percent, seconds)


def _check(targets: list[TargetInput]) -> None:
    given = Counter(one.severity for one in targets)
    problems = [
        Problem(code="REQUIRED", message=f"give the target of {severity.value}", field=("targets",))
        for severity in Severity
        if severity not in given
    ]
    problems += [
        Problem(code="DUPLICATE", message=f"give the target of {severity.value} once", field=("targets",))
        for severity, count in given.items()
        if count > 1
    ]
    problems += [
        Problem(
            code="INVALID",
            message="a resolution takes at least as long as the first answer",
            field=("targets", str(place), "resolutionMinutes"),
        )
        for place, one in enumerate(targets)
        if one.resolution_minutes < one.first_response_minutes
    ]
    if problems:
        raise Refused(*problems)
