"""Who asks: tokens are read here, and only here; services see the signed actor."""

from gateway.auth.callers import Caller, Callers
from gateway.auth.development import issue_token
from gateway.auth.roles import ROLES
from gateway.auth.tokens import TokenReader

__all__ = ["ROLES", "Caller", "Callers", "TokenReader", "issue_token"]
