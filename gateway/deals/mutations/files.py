"""attachFile and detachFile."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import DealFile
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class AttachFileInput(graphene.InputObjectType):
    """Where a file lies, as a URL or the key of a store; its size is in bytes."""

    deal = reference(Kind.DEAL, required=True)
    name = graphene.String(required=True)
    media_type = graphene.String(required=True)
    size = graphene.Int(required=True)
    location = graphene.String(required=True)
    sha256 = graphene.String()
    idempotency_key = graphene.String()


class AttachFilePayload(Payload):
    """The reference, or what to put right."""

    file = graphene.Field(DealFile)


class DetachFileInput(graphene.InputObjectType):
    """A file that is no document of its deal any more."""

    file = reference(Kind.FILE, required=True)
    idempotency_key = graphene.String()


class DetachFilePayload(Payload):
    """The reference, or what to put right."""

    file = graphene.Field(DealFile)


attach_file = mutation(
    "deals",
    "attach_file",
    takes=AttachFileInput,
    gives=AttachFilePayload,
    read=whole("file"),
    description="Attach a reference to a file to a deal; the contents stay where they are.",
)

detach_file = mutation(
    "deals",
    "detach_file",
    takes=DetachFileInput,
    gives=DetachFilePayload,
    read=whole("file"),
    description="Take a reference to a file off its deal.",
)
