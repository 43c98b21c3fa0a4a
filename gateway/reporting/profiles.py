"""Loading profiles of clients."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred


def profile_of(info: GraphQLResolveInfo, partner: str, arguments: Json) -> Deferred:
    """Load a profile; its versions are asked for by the same question, as of the same moment."""
    loaded = info.context.loaders.profiles(arguments).load(partner)

    def told(profile: Any) -> Any:
        if profile is None:
            return None
        of = {name: arguments[name] for name in ("known_at", "period") if name in arguments}
        report = {**of, "as_of": profile["as_of"], "partner_id": profile["partner_id"]}
        return {**profile, "reactions": {**profile["reactions"], "report": report}}

    return loaded.then(told)
