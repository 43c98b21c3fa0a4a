"""Search through the gateway."""

from __future__ import annotations

from tests.gateway.system import System

QUERY = """query($t: String!, $k: [SearchKind!], $n: Int) { search(text: $t, kinds: $k, first: $n) { kind field node {
  __typename ... on Partner { name } ... on ContactPerson { fullName } ... on LegalEntity { title: name } } } }"""


def test_hits_say_what_they_are_and_where_the_words_stand(system: System) -> None:
    system.do(
        "registerPartner", "partner { id } errors { code }", name="Ivanov and sons",
        contactPersons=[{"fullName": "Peter Ivanov"}],
        legalEntities=[{"name": "Ivanov Ltd", "country": "GB"}],
        contactPoints=[{"kind": "EMAIL", "value": "ivanov@example.com"}],
        interaction={"kind": "CALL", "subject": "Ivanov called"},
    )  # fmt: skip
    system.asked.clear()
    found = system.ask(QUERY, t="ivan")["search"]
    assert found == [
        {"kind": "LEGAL_ENTITY", "field": "name", "node": {"__typename": "LegalEntity", "title": "Ivanov Ltd"}},
        {"kind": "INTERACTION", "field": "title", "node": {"__typename": "Interaction"}},
        {"kind": "PARTNER", "field": "name", "node": {"__typename": "Partner", "name": "Ivanov and sons"}},
        {"kind": "CONTACT_PERSON", "field": "fullName", "node": {"__typename": "ContactPerson", "fullName": "Peter Ivanov"}},
    ]  # fmt: skip
    assert len(system.asked) == 5  # one request for each kind of hit
    assert [hit["kind"] for hit in system.ask(QUERY, t="ivan", k=["PARTNER"])["search"]] == ["PARTNER"]
    assert len(system.ask(QUERY, t="ivan", n=2)["search"]) == 2
    assert [
        node["name"]
        for node in system.ask('{ partners(search: "ivanov@example.com") { nodes { name } } }')["partners"]["nodes"]
    ] == ["Ivanov and sons"]


def test_a_search_has_its_bounds_and_its_reach(system: System) -> None:
    ann, bob = (system.do("registerManager", "manager { id }", name=name)["manager"]["id"] for name in ("Ann", "Bob"))
    system.do("registerPartner", "partner { id }", name="Acme", manager=ann)
    assert len(system.ask(QUERY, role="manager", member=ann, t="acme")["search"]) == 1
    assert system.ask(QUERY, role="manager", member=bob, t="acme") == {"search": []}
    for bad in ({"t": "x" * 501}, {"t": "x", "n": 101}, {"t": "x", "n": 0}):
        (error,) = system.answer(QUERY, **bad)["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
