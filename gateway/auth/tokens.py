"""Whose tokens are believed: an OIDC issuer's by its published keys, and the development issuer's where it is on."""

from __future__ import annotations

from typing import Any

import jwt
from jwt import PyJWKClient, PyJWKClientConnectionError

from chassis.errors import Misconfigured, NotAuthenticated, Unavailable
from chassis.settings import Settings
from gateway.auth.development import ISSUER, development_key, read_token

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_LEEWAY = 30  # seconds that clocks may differ by


class TokenReader:
    """Reads the claims of bearer tokens."""

    def __init__(self, settings: Settings) -> None:
        self._development_key = development_key(settings.data_dir) if settings.dev_issuer else None
        self._issuer = settings.jwt_issuer
        self._audience = settings.jwt_audience
        self._keys: PyJWKClient | None = None
        if settings.jwt_jwks_url:
            if not settings.jwt_issuer or not settings.jwt_audience:
                raise Misconfigured("with CRM_JWT_JWKS_URL, CRM_JWT_ISSUER and CRM_JWT_AUDIENCE must be set")
            self._keys = PyJWKClient(settings.jwt_jwks_url, cache_keys=True, lifespan=600, timeout=5)

    def read(self, token: str) -> dict[str, Any]:
        """Read a token's claims; raise NotAuthenticated if nobody we believe vouches for them."""
        try:
            # whose it claims to be only chooses the key that it has to be signed with
            claimed = jwt.decode(token, options={"verify_signature": False}).get("iss")
            if claimed == ISSUER and self._development_key is not None:
                return read_token(token, self._development_key)
            if self._keys is not None and claimed == self._issuer:
                return self._read_issued(token, self._keys)
        except PyJWKClientConnectionError as error:
            raise Unavailable(f"the keys of {self._issuer} cannot be had: {error}") from error
        except jwt.PyJWTError as error:
            raise NotAuthenticated(f"the token is not valid: {error}") from error
        raise NotAuthenticated("the token is of an issuer that is not accepted here")

    def _read_issued(self, token: str, keys: PyJWKClient) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token),
            algorithms=_ALGORITHMS,
            audience=self._audience,
            issuer=self._issuer,
            leeway=_LEEWAY,
            options={"require": ["exp", "sub"]},
        )
        return claims
