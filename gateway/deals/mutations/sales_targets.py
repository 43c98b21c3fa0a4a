"""setSalesTarget and withdrawSalesTarget."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import SalesTarget, TargetMeasure, TargetPeriod
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, Decimal


class SetSalesTargetInput(graphene.InputObjectType):
    """What a manager or a team is to achieve; it takes the place of what was set for the same before."""

    manager = reference(Kind.MANAGER)
    team = reference(Kind.TEAM, description="with the teams below it")
    measure = TargetMeasure(required=True)
    period = TargetPeriod(required=True)
    begins_on = Date(required=True, description="the first day of the period")
    value = Decimal(required=True, description="in the base currency, or a count")
    expected_version = graphene.Int(description="0, where none is there yet")
    idempotency_key = graphene.String()


class SetSalesTargetPayload(Payload):
    """The target, or what to put right."""

    sales_target = graphene.Field(SalesTarget)


class WithdrawSalesTargetInput(graphene.InputObjectType):
    """A target that asks for nothing any more."""

    target = reference(Kind.SALES_TARGET, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class WithdrawSalesTargetPayload(Payload):
    """The target, or what to put right."""

    sales_target = graphene.Field(SalesTarget)


set_sales_target = mutation(
    "deals",
    "set_sales_target",
    takes=SetSalesTargetInput,
    gives=SetSalesTargetPayload,
    read=whole("sales_target"),
    description="Set what a manager or a team is to achieve in a month, quarter or year; needs the scope `lists`.",
)

withdraw_sales_target = mutation(
    "deals",
    "withdraw_sales_target",
    takes=WithdrawSalesTargetInput,
    gives=WithdrawSalesTargetPayload,
    read=whole("sales_target"),
    description="Withdraw a target, which stays readable and may be set again; needs the scope `lists`.",
)
