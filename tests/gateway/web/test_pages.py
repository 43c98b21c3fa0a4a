"""The pages for trying queries."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from gateway.service import GatewayService
from gateway.web.pages import Page

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
LOADED = re.compile(r'<(?:script|link) [^>]*?(?:src|href)="([^"]+)"[^>]*>')
PINNED = re.compile(r"https://cdn\.jsdelivr\.net/npm/(graphiql|react|react-dom)@\d+\.\d+\.\d+/[a-z./-]+\.min\.(js|css)")


def directives_of(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (directive.split() for directive in policy.split(";"))}


@pytest.fixture(params=["page.html", "graphiql.html"])
def page(request: pytest.FixtureRequest) -> Page:
    return Page(request.param)


def test_graphiql_is_served_at_its_address() -> None:
    class Web:
        graphiql = Page("graphiql.html").response

    service = GatewayService()
    service.web = Web
    response = service.graphiql(None)  # type: ignore[arg-type]
    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    assert ("GET", "/graphiql") in {
        (entrypoint.method, entrypoint.url) for entrypoint in vars(GatewayService.graphiql)["nameko_entrypoints"]
    }


def test_what_graphiql_loads_is_pinned_and_has_its_hash() -> None:
    html = Page("graphiql.html").response().get_data(as_text=True)
    tags = list(LOADED.finditer(html))
    assert [PINNED.fullmatch(tag[1])[1] for tag in tags] == ["graphiql", "react", "react-dom", "graphiql"]  # type: ignore[index]
    for tag in tags:
        integrity = re.search(r'integrity="sha384-([A-Za-z0-9+/]+)"', tag[0])
        assert integrity is not None
        assert len(base64.b64decode(integrity[1], validate=True)) == hashlib.sha384().digest_size
        assert 'crossorigin="anonymous"' in tag[0]
    assert html.count("https://") == len(tags)


def test_policy_allows_what_the_page_has_and_no_more(page: Page) -> None:
    response = page.response()
    html = response.get_data(as_text=True)
    allowed = directives_of(response.headers["Content-Security-Policy"])
    loaded = [tag[1] for tag in LOADED.finditer(html)]
    own = [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in INLINE.findall(html)
    ]
    assert own
    assert allowed["default-src"] == ["'none'"]
    assert allowed["connect-src"] == ["'self'"]
    assert allowed["script-src"] == [*own, *(url for url in loaded if url.endswith(".js"))]
    assert allowed["style-src"] == ["'unsafe-inline'", *(url for url in loaded if url.endswith(".css"))]
    assert not re.search(r"<[^>]+ on[a-z]+=", html), "a handler in an attribute would not run under the policy"


def test_pages_lead_to_each_other() -> None:
    assert 'href="/graphiql"' in Page("page.html").response().get_data(as_text=True)
    assert 'href="/"' in Page("graphiql.html").response().get_data(as_text=True)
