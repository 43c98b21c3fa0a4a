"""What a bulk import answers."""

from __future__ import annotations

import graphene

from gateway.shapes.problems import Payload, UserError


class ImportStatus(graphene.Enum):
    """What became of a row."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"


class ImportResult(graphene.ObjectType):
    """What became of one row: the thing's id, or why it was refused."""

    status = ImportStatus(required=True)
    id = graphene.ID()
    errors = graphene.List(graphene.NonNull(UserError), required=True)


class ImportPayload(Payload):
    """A result for each row, in their order; `errors` says why none was taken."""

    results = graphene.List(graphene.NonNull(ImportResult))
