"""What can be asked of claims."""

from __future__ import annotations

import graphene

from gateway.claims.mutations.assign_claim import assign_claim
from gateway.claims.mutations.change_claim import change_claim
from gateway.claims.mutations.escalate_claim import escalate_claim
from gateway.claims.mutations.register_claim import register_claim
from gateway.claims.mutations.reopen_claim import reopen_claim
from gateway.claims.mutations.resolve_claim import resolve_claim
from gateway.claims.mutations.respond_to_claim import respond_to_claim
from gateway.claims.mutations.resume_claim import resume_claim
from gateway.claims.mutations.satisfaction import record_satisfaction, request_satisfaction
from gateway.claims.mutations.set_sla_policy import set_sla_policy
from gateway.claims.mutations.wait_on_client import wait_on_client


class ClaimMutations(graphene.ObjectType):
    """Commands to claims."""

    register_claim = register_claim
    assign_claim = assign_claim
    change_claim = change_claim
    respond_to_claim = respond_to_claim
    wait_on_client = wait_on_client
    resume_claim = resume_claim
    escalate_claim = escalate_claim
    resolve_claim = resolve_claim
    reopen_claim = reopen_claim
    set_sla_policy = set_sla_policy
    request_satisfaction = request_satisfaction
    record_satisfaction = record_satisfaction
