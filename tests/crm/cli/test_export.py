"""`crm export` against a server that gives a file, breaks it off or refuses it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crm.cli.export_data import Kind
from gateway.contacts.exports import EXPORTS
from tests.crm.conftest import Crm

CONTENT = b"\xef\xbb\xbfid,name\r\n1,'=1+1\r\n"


@dataclass
class Files:
    """What the server gives, and what it was asked for."""

    url: str = ""
    status: int = 200
    code: str = ""
    whole: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@pytest.fixture
def files() -> Iterator[Files]:
    """A server of one file."""
    files = Files()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            files.asked.append((self.path, self.headers["Authorization"]))
            self.send_response(files.status)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            body = CONTENT
            if files.status != 200:
                body = json.dumps({"errors": [{"message": "no!", "extensions": {"code": files.code}}]}).encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))
            if files.whole:
                self.wfile.write(b"0\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """Be silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    files.url = f"http://127.0.0.1:{server.server_port}"
    yield files
    server.shutdown()
    server.server_close()
    thread.join()


def export(crm: Crm, files: Files, *arguments: str) -> int:
    return crm("export", *arguments, "--url", files.url, "--token", "t")


def here() -> dict[str, bytes]:
    """Read what stands in the folder."""
    return {path.name: path.read_bytes() for path in Path().iterdir()}


def test_a_file_is_written_as_it_came(crm: Crm, files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(crm, files, "partners", "--to", "p.csv", "--search", "Müller & Co") == 0
    assert here() == {"p.csv": CONTENT}
    assert files.asked == [("/exports/partners.csv?search=M%C3%BCller+%26+Co", "Bearer t")]
    assert f"p.csv: {len(CONTENT)} bytes" in capsys.readouterr().out


def test_the_ending_says_the_form(crm: Crm, files: Files) -> None:
    assert export(crm, files, "interactions", "--to", "I.XLSX") == 0
    assert [path for path, _ in files.asked] == ["/exports/interactions.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["partners", "--to", "p.pdf"], ".csv or .xlsx"),
        (["deals", "--to", "d.csv"], "deals"),
        (["partners"], "--to"),
        (["partners", "--to", "nowhere/p.csv"], "nowhere/p.csv.part"),
    ],
)
def test_a_wrong_command_asks_for_nothing(
    crm: Crm, files: Files, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert export(crm, files, *arguments) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert said in line
    assert files.asked == []


def test_a_file_that_breaks_off_is_not_there_and_an_older_one_stays(
    crm: Crm, files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("p.csv").write_bytes(b"older")
    files.whole = False
    assert export(crm, files, "partners", "--to", "p.csv") == 2
    assert here() == {"p.csv": b"older"}
    assert "broke off the connection" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [(401, "UNAUTHENTICATED", "no!"), (403, "FORBIDDEN", "no!"), (503, "SERVICE_UNAVAILABLE", "HTTP 503: no!")],
)
def test_a_refusal_is_one_line(
    crm: Crm, files: Files, capsys: pytest.CaptureFixture[str], status: int, code: str, said: str
) -> None:
    files.status, files.code = status, code
    assert export(crm, files, "persons", "--to", "p.csv") == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert said in line
    assert here() == {}


def test_a_server_that_is_away_is_told(crm: Crm, capsys: pytest.CaptureFixture[str]) -> None:
    assert crm("export", "persons", "--to", "p.csv", "--url", "http://127.0.0.1:1", "--token", "t") == 2
    assert "cannot be reached" in capsys.readouterr().err


def test_all_that_the_gateway_exports_can_be_asked_for() -> None:
    assert {kind.value for kind in Kind} == set(EXPORTS)
