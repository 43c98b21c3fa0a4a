"""Whose tokens are believed, and what they make of the caller."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from chassis.errors import Misconfigured, NotAuthenticated
from chassis.ids import new_id
from chassis.settings import Settings
from gateway.auth import TokenReader, issue_token
from gateway.auth.callers import Callers, actor_of
from gateway.auth.development import development_key

SECRET = "x" * 40


def callers(settings: Settings) -> Callers:
    return Callers(TokenReader(settings), SECRET)


def no_teams(_signed: str, _manager: object) -> list[str]:
    raise AssertionError("nobody asked for teams")


def test_development_tokens_of_the_same_folder(settings: Settings) -> None:
    caller = callers(settings).of(f"Bearer {issue_token(settings, 'head_of_sales')}", no_teams)
    assert (caller.actor.role, caller.actor.reach, caller.actor.scopes) == (
        "head_of_sales",
        "all",
        frozenset({"read", "write", "lists", "process", "approve", "classify"}),
    )
    assert (settings.data_dir / "development-issuer.key").stat().st_mode & 0o777 == 0o600


def test_development_issuer_is_off_unless_asked_for(settings: Settings) -> None:
    off = settings.model_copy(update={"dev_issuer": False})
    with pytest.raises(NotAuthenticated):
        callers(off).of(f"Bearer {issue_token(settings, 'admin')}", no_teams)


def test_development_tokens_of_another_folder(settings: Settings, tmp_path: Path) -> None:
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    with pytest.raises(NotAuthenticated):
        callers(settings).of(f"Bearer {issue_token(other, 'admin')}", no_teams)


def test_token_past_its_time_is_not_believed_even_when_known(settings: Settings) -> None:
    known, token = callers(settings), issue_token(settings, "admin", lifetime=1.0)
    known.of(f"Bearer {token}", no_teams)
    time.sleep(1.1)
    with pytest.raises(NotAuthenticated):
        known.of(f"Bearer {token}", no_teams)


def test_two_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(development_key(tmp_path / "new"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_tokens_that_cannot_be(settings: Settings) -> None:
    with pytest.raises(Misconfigured, match="head_of_sales"):
        issue_token(settings, "boss")
    with pytest.raises(Misconfigured):
        issue_token(settings, "manager", manager=str(new_id(0x101)))


@pytest.mark.parametrize("claims", [{}, {"role": "boss"}, {"role": "manager", "manager": "7"}, {"role": ["admin"]}])
def test_claims_that_make_no_caller(claims: dict[str, Any]) -> None:
    with pytest.raises(NotAuthenticated):
        actor_of({"sub": "x", **claims})


def test_teams_are_asked_for_once_in_a_while(settings: Settings) -> None:
    manager, team, asked = str(new_id(0x102)), new_id(0x103), []

    def teams_of(signed: str, member: object) -> list[str]:
        asked.append(member)
        return [str(team)]

    known, token = callers(settings), issue_token(settings, "team_lead", manager=manager)
    for _ in range(3):
        assert known.of(f"Bearer {token}", teams_of).actor.team_ids == {team}
    assert len(asked) == 1


@contextmanager
def serving(keys: dict[str, Any]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(keys).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/keys"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_issuer_by_its_published_keys(settings: Settings) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    published = {**jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": "1", "use": "sig"}
    claims = {"iss": "https://id.example", "aud": "crm", "sub": "jo", "role": "analyst", "exp": int(time.time()) + 60}
    with serving({"keys": [published]}) as url:
        oidc = settings.model_copy(
            update={"jwt_issuer": "https://id.example", "jwt_audience": "crm", "jwt_jwks_url": url}
        )
        known = callers(oidc)

        def of(signer: Any, **other: Any) -> Any:
            algorithm = "RS256" if not isinstance(signer, str) else "HS256"
            token = jwt.encode({**claims, **other}, signer, algorithm=algorithm, headers={"kid": "1"})
            return known.of(f"Bearer {token}", no_teams)

        assert of(key).actor.subject == "jo"
        for signer, other in (
            (stranger, {}),
            (key, {"aud": "other"}),
            (key, {"iss": "https://other.example"}),
            (key, {"exp": int(time.time()) - 60}),
            ("s" * 40, {}),
            ("s" * 40, {"iss": "crm-development"}),
        ):
            with pytest.raises(NotAuthenticated):
                of(signer, **other)


def test_half_an_issuer_is_misconfigured(settings: Settings) -> None:
    with pytest.raises(Misconfigured):
        TokenReader(settings.model_copy(update={"jwt_jwks_url": "http://127.0.0.1:1/keys"}))
