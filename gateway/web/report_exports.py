"""Reports as files: a question to reporting in the address, its answer as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLSchema
from werkzeug.wrappers import Request, Response

from chassis.wire import Json
from gateway.context import Context
from gateway.execution.engine import Engine
from gateway.reporting.queries import ReportQueries
from gateway.reporting.tables import BadParameter, Part, ReportTable, report_tables
from gateway.web.exports import table_response
from gateway.web.requests import BadRequest

_STATUS = {"FORBIDDEN": 403, "NOT_AUTHENTICATED": 401, "UNAVAILABLE": 503, "DEADLINE_EXCEEDED": 503, "INTERNAL": 500}


class ReportExports:
    """Gives reports as files, by the names of their questions in the API."""

    def __init__(self, schema: GraphQLSchema, engine: Engine) -> None:
        self._engine = engine
        self._tables: Mapping[str, ReportTable] = report_tables(
            schema, [to_camel_case(name) for name in ReportQueries._meta.fields]
        )

    def response(
        self, request: Request, name: str, form: str, context: Callable[[], Context], correlation_id: str
    ) -> Response:
        """Answer with a report; raise BadRequest where it cannot be asked for like that."""
        context()  # who may not ask at all is told nothing of what there is
        table = self._tables.get(name)
        if table is None:
            raise BadRequest(404, "NOT_FOUND", f"there is no report {name[:60]!r}; there are {', '.join(self._tables)}")
        parameters = list(request.args.items(multi=True))
        named = [value for key, value in parameters if key == "part"]
        try:
            part = table.part(named[-1] if named else None)
            variables = table.variables((key, value) for key, value in parameters if key != "part")
        except BadParameter as error:
            raise BadRequest(400, "BAD_USER_INPUT", str(error)) from error
        pages = self._pages(table, part, variables, context, correlation_id)
        return table_response(name, form, part.columns, pages, correlation_id)

    def _pages(
        self,
        table: ReportTable,
        part: Part,
        variables: dict[str, Any],
        context: Callable[[], Context],
        correlation_id: str,
    ) -> Iterator[list[list[str]]]:
        document = self._engine.document(table.document(part))
        after: str | None = None
        while True:
            given = {**variables, **({"after": after} if after else {})}
            outcome = self._engine.run(document, given, None, context(), correlation_id)
            answer: Json = outcome.answer
            if "errors" in answer:
                raise _refused(answer["errors"][0])
            yield part.rows(answer["data"][table.question])
            after = part.end_cursor(answer["data"][table.question])
            if after is None:
                return


def _refused(error: Json) -> BadRequest:
    extensions: Any = error.get("extensions") or {}
    code = extensions.get("code", "BAD_USER_INPUT")
    field = extensions.get("field")
    where = f"{'.'.join(field)}: " if field else ""
    return BadRequest(_STATUS.get(code, 400), code, f"{where}{error['message']}")
