"""A small server that answers imports as the API does, and fails where a test says so."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, Any]
"""An HTTP status and a body; status 0 breaks the connection off."""


@dataclass
class Api:
    """What the server holds, by kind and external id, and what it was asked."""

    url: str = ""
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    answered: dict[str, Any] = field(default_factory=dict)
    failures: list[Answer] = field(default_factory=list)
    lose_answers: int = 0
    poison: str | None = None
    raced: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: Any) -> Answer:
        """Answer a request, or fail in the next of the ways that the test laid down."""
        with self.lock:
            mutation = re.search(r"import(Managers|Partners|Persons|Interactions|Deals)\(", request["query"])
            if "registerExchangeRates(" in request["query"]:
                return 200, {"data": {"answer": self._take_rates(request["variables"]["input"])}}
            if mutation is None:
                return 200, {"data": {"salesProcesses": [{"key": "typical_sale"}, {"key": "manual_sale"}]}}
            if self.failures:
                return self.failures.pop(0)
            given = request["variables"]["input"]
            if self.poison is not None and self.poison in json.dumps(given["rows"]):
                return 200, {"errors": [{"message": "it broke", "extensions": {"code": "INTERNAL"}}]}
            self.keys.append(given["idempotencyKey"])
            if given["idempotencyKey"] not in self.answered:
                results = [self._take(mutation[1].lower(), row) for row in given["rows"]]
                self.answered[given["idempotencyKey"]] = {"data": {"answer": {"results": results, "errors": []}}}
            if self.lose_answers:
                self.lose_answers -= 1
                return 0, None
            return 200, self.answered[given["idempotencyKey"]]

    def _take_rates(self, given: Any) -> Any:
        results = []
        for row in given["rows"]:
            if row["currency"] == "XYZ":
                problem = {"field": ["currency"], "message": "'XYZ' is not a currency code of ISO 4217"}
                results.append({"status": "REFUSED", "errors": [problem]})
                continue
            before = self.things.setdefault("rates", {}).get(row["currency"] + row["date"])
            self.things["rates"][row["currency"] + row["date"]] = row
            results.append({"status": "CREATED" if before is None else "UNCHANGED", "errors": []})
        return {"results": results, "errors": []}

    def _take(self, kind: str, row: Any) -> Any:
        manager = (row.get("managerRef") or {}).get("id")
        if manager is not None and manager not in self.things.get("managers", {}):
            problem = {"field": ["managerRef"], "message": f"there is no manager {manager!r}", "code": "NOT_FOUND"}
            return {"status": "REFUSED", "errors": [problem]}
        if row["externalRef"]["id"] in self.raced:
            self.raced.remove(row["externalRef"]["id"])
            return {"status": "REFUSED", "errors": [{"field": None, "message": "import it again", "code": "CONFLICT"}]}
        things = self.things.setdefault(kind, {})
        before = things.get(row["externalRef"]["id"])
        things[row["externalRef"]["id"]] = row
        status = "CREATED" if before is None else "UNCHANGED" if before == row else "UPDATED"
        return {"status": status, "errors": []}


@contextmanager
def serving(api: Api, port: int = 0) -> Iterator[Api]:
    """Serve for the length of a block."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(api.answer))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(answer: Callable[[Any], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = answer(request)
            if status == 0:
                self.close_connection = True
                return
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:
            """Be silent."""

    return Handler
