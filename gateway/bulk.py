"""What every mutation for many things does: check each row by itself, send the good ones on, give a result for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import graphene

from chassis.errors import Refused
from chassis.wire import Json
from gateway.commands import field, idempotency_key, import_result, without_nulls
from gateway.references import checked_rows
from gateway.services import Services
from gateway.shapes.bulk import BulkPayload
from gateway.shapes.problems import Payload, user_error


def bulk_mutation(
    service: str,
    method: str,
    *,
    takes: type[graphene.InputObjectType],
    row: type[graphene.InputObjectType],
    key: str | None = None,
    gives: type[Payload] = BulkPayload,
    description: str,
) -> Any:
    """Make the field of a mutation whose input has `rows`; `key` names the reference to what a row is about, if it is there."""

    def run(services: Services, input: Json) -> Json:
        once = idempotency_key(input)
        rows = without_nulls(input["rows"])
        checked = checked_rows(services, service, rows, row)
        sent = [one for one in checked if not isinstance(one, Refused)]
        results: Iterator[Json] = iter(())
        if sent or not rows:
            results = iter(services.send(service, method, {"rows": sent}, once).result()["results"])
        return {
            "results": [
                _refused(one, given[key] if key else None) if isinstance(one, Refused) else import_result(next(results))
                for one, given in zip(checked, rows, strict=True)
            ]
        }

    return field(run, takes=takes, gives=gives, description=description)


def _refused(error: Refused, thing: str | None) -> Json:
    return {"status": "REFUSED", "id": thing, "errors": [user_error(problem) for problem in error.problems]}
