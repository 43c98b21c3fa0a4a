"""The development issuer: tokens without an identity provider, for the first run; on only by CRM_DEV_ISSUER.

Its key lies in CRM_DATA_DIR, so whoever may read that folder may issue tokens, and nobody else.
"""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt

from chassis.errors import Misconfigured
from chassis.settings import Settings
from gateway.auth.roles import role_named
from gateway.kinds import Kind, names_a

ISSUER = "crm-development"
AUDIENCE = "crm"
_ALGORITHM = "HS256"
_LIFETIME = 12 * 3600.0


def issue_token(
    settings: Settings, role: str, manager: str | None = None, subject: str | None = None, lifetime: float = _LIFETIME
) -> str:
    """Issue a token for a role, valid for a time in seconds; raise Misconfigured for what no token can say.

    `manager` is the id of the manager whose rows the caller has; `subject` is who it is, by default the manager or the role.
    """
    role_named(role)
    if manager is not None and not names_a(Kind.MANAGER, manager):
        raise Misconfigured(f"{manager!r} is not the id of a manager")
    now = int(time.time())
    who = subject or (f"manager:{UUID(manager)}" if manager else f"dev:{role}")
    claims: dict[str, Any] = {
        "iss": ISSUER, "aud": AUDIENCE, "sub": who, "role": role, "iat": now, "exp": now + int(lifetime)
    }  # fmt: skip
    if manager is not None:
        claims["manager"] = str(UUID(manager))
    return jwt.encode(claims, development_key(settings.data_dir), algorithm=_ALGORITHM)


def read_token(token: str, key: str) -> dict[str, Any]:
    """Read the claims of a token of this issuer; raise jwt.InvalidTokenError if it is none."""
    claims: dict[str, Any] = jwt.decode(
        token, key, algorithms=[_ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options={"require": ["exp", "sub"]}
    )
    return claims


def development_key(folder: Path) -> str:
    """Give the issuer's key, made at its first use; raise Misconfigured where the folder cannot hold it."""
    file = folder / "development-issuer.key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _make(file)
        key = file.read_text().strip()
    except OSError as error:
        raise Misconfigured(f"the development issuer's key in {folder} cannot be read or made: {error}") from error
    if len(key) < 32:
        raise Misconfigured(f"{file} holds no key; delete it and a new one is made")
    return key


def _make(file: Path) -> None:
    """Write a new key under another name and link it: two that start at once end up with the same one."""
    draft = file.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
