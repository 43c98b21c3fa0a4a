"""GraphQL over HTTP."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from werkzeug.wrappers import Response

from chassis.errors import DeadlineExceeded, Unavailable
from gateway.auth import issue_token
from gateway.schema import printed
from gateway.web.answers import GRAPHQL, JSON
from tests.gateway.system import System

VIEWER = "{ viewer { role } }"


def send(
    system: System, method: str = "POST", *, accept: str | None = JSON, token: str | None = None, **request: Any
) -> Response:
    headers = {
        "Authorization": f"Bearer {token or issue_token(system.settings, 'admin')}",
        **request.pop("headers", {}),
    }
    if accept:
        headers["Accept"] = accept
    return system.http(method, headers=headers, **request)


def code_of(response: Response) -> str:
    return str(json.loads(response.get_data())["errors"][0]["extensions"]["code"])


def test_post_and_get(system: System) -> None:
    posted = send(system, json={"query": "query A { viewer { role } } query B { viewer { id } }", "operationName": "A"})
    got = send(
        system,
        "GET",
        query_string={
            "query": "query($x: Boolean!) { viewer { role id @include(if: $x) } }",
            "variables": '{"x": false}',
        },
    )
    for response in (posted, got):
        assert response.status_code == 200
        assert response.mimetype == JSON
        assert json.loads(response.get_data()) == {"data": {"viewer": {"role": "admin"}}}


def test_mutations_by_get_are_refused(system: System) -> None:
    response = send(
        system, "GET", query_string={"query": 'mutation { registerTeam(input: {name: "x"}) { team { id } } }'}
    )
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert system.ask("{ teams { id } }") == {"teams": []}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("*/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        ("text/html, */*;q=0.8", JSON),
    ],
)
def test_media_type_of_the_answer(system: System, accept: str | None, media: str) -> None:
    assert send(system, accept=accept, json={"query": VIEWER}).mimetype == media


def test_neither_media_type(system: System) -> None:
    assert send(system, accept="text/html", json={"query": VIEWER}).status_code == 406


@pytest.mark.parametrize(
    "query",
    [
        "{ viewer {",
        "{ nothing }",
        "query($x: Int!) { deals(first: $x) { nodes { id } } }",
        "{ deals(first: one) { nodes { id } } }",
    ],
)
def test_request_that_does_not_fit_the_schema(system: System, query: str) -> None:
    for media, status in ((JSON, 200), (GRAPHQL, 400)):
        response = send(system, accept=media, json={"query": query})
        assert response.status_code == status
        answer = json.loads(response.get_data())
        assert "data" not in answer
        assert answer["errors"][0]["extensions"]["code"]


def test_failed_field_is_200_in_both_media_types(system: System) -> None:
    system.down["deals"] = Unavailable("host 10.0.0.7 is gone")
    for media in (JSON, GRAPHQL):
        response = send(system, accept=media, json={"query": "{ deals { nodes { id } } }"})
        assert response.status_code == 200
        assert json.loads(response.get_data())["data"] is None


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"{}", b'{"query": 1}', b'{"query": ""}', b'{"query": "{x}", "variables": []}', b'{"query": "{x}", "operationName": 1}',
     b'{"query": "{x}", "extensions": 1}', b"\xff\xfe", b'[{"query": "{ viewer { id } }"}]'],
)  # fmt: skip
def test_malformed_body(system: System, body: bytes) -> None:
    for media in (JSON, GRAPHQL):
        assert send(system, accept=media, data=body, content_type=JSON).status_code == 400


def test_other_content_types(system: System) -> None:
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/graphql",
        "application/json; charset=utf-16",
    ):
        assert send(system, data=b'{"query": "{ viewer { id } }"}', content_type=kind).status_code == 415
    assert (
        send(system, data=b'{"query": "{ viewer { id } }"}', content_type="application/json; charset=UTF-8").status_code
        == 200
    )


def test_body_over_the_limit(system: System) -> None:
    body = json.dumps({"query": VIEWER, "variables": {"x": "x" * system.settings.http_body_limit}}).encode()
    response = send(system, data=body, content_type=JSON)
    assert (response.status_code, code_of(response)) == (413, "BODY_TOO_LARGE")


def test_body_that_comes_in_chunks(system: System) -> None:
    for filling, status in ((1, 200), (system.settings.http_body_limit, 413)):
        body = json.dumps({"query": VIEWER, "variables": {"x": "x" * filling}}).encode()
        chunked = {"Transfer-Encoding": "chunked"}
        response = send(system, input_stream=io.BytesIO(body), content_type=JSON, headers=chunked)
        assert response.status_code == status


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer a.b.c"])
def test_nobody_vouches_for_the_caller(system: System, authorization: str) -> None:
    response = send(system, json={"query": VIEWER}, headers={"Authorization": authorization})
    assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_service_that_is_down_says_nothing_of_the_inside(system: System) -> None:
    system.down["deals"] = Unavailable("postgresql://crm:secret@db/deals does not answer")
    answer = system.answer("{ deals { nodes { id } } }")
    assert answer["errors"][0]["extensions"] == {"code": "SERVICE_UNAVAILABLE"}
    assert "secret" not in json.dumps(answer)
    system.down["deals"] = DeadlineExceeded("deals.open_deal did not answer in time")
    answer = system.answer(
        'mutation($p: ID!) { openDeal(input: {process: $p, title: "x"}) { deal { id } } }',
        p=system.processes["manual_sale"],
    )
    assert answer["errors"][0]["extensions"] == {"code": "SERVICE_UNAVAILABLE"}
    assert "idempotencyKey" in answer["errors"][0]["message"]


def test_part_of_an_answer_where_one_service_is_down(system: System) -> None:
    partner = system.do("registerPartner", "partner { id }", name="Acme")["partner"]["id"]
    system.do("openDeal", "deal { id }", process=system.processes["manual_sale"], title="x", partner=partner)
    system.down["contacts"] = Unavailable("down")
    answer = system.answer("{ deals { nodes { title partner { name } process { key } } } }")
    assert answer["data"] == {"deals": {"nodes": [{"title": "x", "partner": None, "process": {"key": "manual_sale"}}]}}
    assert [error["path"] for error in answer["errors"]] == [["deals", "nodes", 0, "partner"]]


def test_fault_of_ours_shows_its_correlation_id_only(system: System) -> None:
    system.down["deals"] = RuntimeError("the secret inside")
    response = send(system, json={"query": "{ deals { nodes { id } } }"}, headers={"X-Correlation-Id": "abc-1"})
    error = json.loads(response.get_data())["errors"][0]
    assert error["extensions"] == {"code": "INTERNAL", "correlationId": "abc-1"}
    assert response.headers["X-Correlation-Id"] == "abc-1"
    assert b"secret" not in response.get_data()


def test_correlation_id_that_is_none_is_not_taken(system: System) -> None:
    for given in ("x" * 65, "a b", "<script>"):
        assert (
            send(system, json={"query": VIEWER}, headers={"X-Correlation-Id": given}).headers["X-Correlation-Id"]
            != given
        )


def test_queries_over_the_limits(system: System) -> None:
    deep = "{ deals { nodes { " + "partner { deals { nodes { " * 5 + "id" + " } } }" * 5 + " } } }"
    wide = "query($n: Int) { partners(first: $n) { nodes { deals(first: 100) { nodes { partner { deals(first: 100) { nodes { id } } } } } } } }"
    for query in (deep, wide):
        response = send(system, accept=GRAPHQL, json={"query": query, "variables": {"n": 100}})
        assert (response.status_code, code_of(response)) == (400, "QUERY_TOO_LARGE")
    laughs = (
        "{ viewer { ...F0 } } "
        + " ".join(f"fragment F{i} on Viewer {{ ...F{i + 1} ...F{i + 1} }}" for i in range(40))
        + " fragment F40 on Viewer { id }"
    )
    assert send(system, json={"query": laughs}).status_code == 200


def test_introspection_and_the_printed_schema(system: System) -> None:
    from graphql import build_client_schema, get_introspection_query, print_schema

    data = system.ask(get_introspection_query(input_value_deprecation=True))
    assert print_schema(build_client_schema(data)).strip() == printed().strip()
    assert system.app.schema().get_data(as_text=True) == printed()


def test_page_and_health(system: System) -> None:
    page = system.app.page()
    assert page.mimetype == "text/html"
    assert "https://" not in page.get_data(as_text=True)
    assert system.app.livez().status_code == system.app.readyz().status_code == 200
