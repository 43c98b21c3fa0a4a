"""What a command for many things answers."""

from __future__ import annotations

import graphene

from gateway.shapes.problems import Payload, UserError


class BulkStatus(graphene.Enum):
    """What became of a row."""

    DONE = "DONE"
    REFUSED = "REFUSED"


class BulkResult(graphene.ObjectType):
    """What became of one row: it had its effect, or why it had none."""

    status = BulkStatus(required=True)
    id = graphene.ID(description="of the thing that the row is about")
    errors = graphene.List(graphene.NonNull(UserError), required=True)


class BulkPayload(Payload):
    """A result for each row, in their order; `errors` says why none was taken."""

    results = graphene.List(graphene.NonNull(BulkResult))
