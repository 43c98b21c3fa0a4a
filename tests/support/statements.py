"""What statements compile to outlives a test: the engines of a kind share their dialect and what it has compiled."""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects import plugins

NAME = "tests_share_statements"


class SharedStatements(sa.CreateEnginePlugin):
    """A plugin of SQLAlchemy, named in a database's URL: every test has an engine of its own, with the same statements.

    The first engine of a kind has to have been connected before another one is used: its dialect knows the server then.
    """

    _first: ClassVar[dict[str, sa.Engine]] = {}

    def __init__(self, url: sa.URL, kwargs: dict[str, Any]) -> None:
        super().__init__(url, kwargs)
        kwargs["query_cache_size"] = 20_000  # those of all services

    def update_url(self, url: sa.URL) -> sa.URL:
        """Take nothing else off the URL."""
        return url

    def engine_created(self, engine: sa.Engine) -> None:
        """Let an engine use what the first of its kind has."""
        first = self._first.setdefault(engine.dialect.name, engine)
        engine.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache


plugins.register(NAME, __name__, SharedStatements.__name__)


def sharing(url: str) -> str:
    """Give a URL of which engines share their statements."""
    return sa.make_url(url).update_query_pairs([("plugin", NAME)]).render_as_string(hide_password=False)
