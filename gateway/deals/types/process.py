"""Sales processes and their stages."""

from __future__ import annotations

import graphene

from chassis.wire import Json
from gateway.shapes.node import Node


class ControlMode(graphene.Enum):
    """What the server enforces: each stage in turn with its guards, any move, or no stages at all."""

    CONTROLLED = "CONTROLLED"
    MANUAL = "MANUAL"
    UNMANAGED = "UNMANAGED"


class Stage(graphene.ObjectType):
    """A step of a sales process; `guards` are the conditions for entering it."""

    key = graphene.String(required=True)
    name = graphene.String(required=True)
    rank = graphene.Int(required=True)
    probability = graphene.Float(required=True)
    guards = graphene.List(graphene.NonNull(graphene.String), required=True)


class SalesProcess(graphene.ObjectType):
    """A version of a sales process; a deal keeps the version it began with."""

    class Meta:
        interfaces = (Node,)

    key = graphene.String(required=True)
    name = graphene.String(required=True)
    version = graphene.Int(required=True)
    control = ControlMode(required=True)
    stages = graphene.List(graphene.NonNull(Stage), required=True)


def stage_of(process: Json | None, key: str | None) -> Json | None:
    """Find a stage of a process by its key."""
    if process is None or key is None:
        return None
    return next((stage for stage in process["stages"] if stage["key"] == key), None)
