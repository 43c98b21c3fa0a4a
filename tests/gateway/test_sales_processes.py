"""Sales processes through the gateway: drafts, versions, and the guards that they name."""

from __future__ import annotations

from chassis.ids import new_id
from tests.gateway.processes import DRAFT, definition, stage
from tests.gateway.system import System


def test_a_process_is_drafted_checked_and_published(system: System) -> None:
    manager = system.do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    wrong = definition(stage("contact", rank=4), stage("offer", probability=300))
    made = system.do("draftSalesProcess", DRAFT, definition=wrong)["draft"]
    said = [("INVALID_RANK", ["stages", "0", "rank"]), ("INVALID_PROBABILITY", ["stages", "1", "probability"])]
    assert [(one["code"], one["field"]) for one in made["problems"]] == said
    refused = system.do("publishSalesProcess", "process { id }", draft=made["id"])
    assert [(one["code"], one["field"][1:]) for one in refused["errors"]] == said
    assert len(system.ask("{ salesProcesses { id } }")["salesProcesses"]) == 3

    plan = [
        {"key": "call", "title": "Call", "assignee": manager, "dueInBusinessDays": 1},
        {"key": "write", "title": "Write", "assigneeRole": "TEAM_HEAD", "dueInBusinessDays": 2, "dependsOn": ["call"]},
    ]
    right = definition(
        stage("contact", plan=plan, movesOnWhenDone=True, allowedDwellDays=5),
        stage("offer", guards=[
            {"name": "required_fields_filled", "parameters": [{"name": "fields", "value": "products,amount"}]},
        ]),
    )  # fmt: skip
    changed = system.do("changeSalesProcessDraft", DRAFT, draft=made["id"], definition=right, expectedVersion=1)
    assert (changed["draft"]["version"], changed["draft"]["problems"]) == (2, [])
    found = system.do(
        "publishSalesProcess",
        """process { version wonBy russianName diagram definition versions { version } stages { key russianName allowedDwellDays
           movesOnWhenDone plan { key assigneeRole assignee { name } dueInBusinessDays dependsOn }
           guards guardUses { name parameters { name value } } } }""",
        draft=made["id"], expectedVersion=2,
    )["process"]  # fmt: skip
    assert (found["version"], found["wonBy"], found["versions"]) == (1, "SHIPMENT", [{"version": 1}])
    first, second = found["stages"]
    assert first["russianName"] == "Contact"
    assert (first["allowedDwellDays"], first["movesOnWhenDone"]) == (5, True)
    assert [(one["assigneeRole"], one["assignee"], one["dependsOn"]) for one in first["plan"]] == [
        (None, {"name": "Ann"}, []),
        ("TEAM_HEAD", None, ["call"]),
    ]
    assert second["guardUses"][0]["parameters"] == [{"name": "fields", "value": "amount, products"}]
    assert found["diagram"].startswith("stateDiagram-v2")

    imported = system.do("importSalesProcess", "draft { id definition basedOn { id } }", yaml=found["definition"])
    assert imported["draft"]["definition"] == found["definition"]
    assert [one["key"] for one in system.ask("{ salesProcessDrafts { key } }")["salesProcessDrafts"]] == ["export_sale"]
    gone = system.do("discardSalesProcessDraft", "discarded key", draft=imported["draft"]["id"])
    assert gone == {"discarded": imported["draft"]["id"], "key": "export_sale", "errors": []}


def test_what_cannot_be_read_says_its_line(system: System) -> None:
    refused = system.do("importSalesProcess", DRAFT, yaml="key: a\nkey: b")
    assert [(one["code"], one["field"]) for one in refused["errors"]] == [("INVALID_YAML", ["yaml"])]
    assert refused["errors"][0]["message"].startswith("line 2: ")


def test_assignees_are_managers_that_there_are(system: System) -> None:
    plan = [{"key": "call", "title": "Call", "assignee": str(new_id(0x102)), "dueInBusinessDays": 1}]
    refused = system.do("draftSalesProcess", DRAFT, definition=definition(stage("contact", plan=plan)))
    assert [(one["code"], one["field"]) for one in refused["errors"]] == [
        ("NOT_FOUND", ["definition", "stages", "0", "plan", "0", "assignee"])
    ]


def test_managers_write_no_processes(system: System) -> None:
    made = system.do("draftSalesProcess", DRAFT, definition=definition(stage("contact")))["draft"]
    query = "mutation($d: ID!) { publishSalesProcess(input: {draft: $d}) { process { id } } }"
    for role in ("manager", "team_lead", "integration"):
        answer = system.answer(query, role=role, d=made["id"])
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    hidden = "query($d: ID!) { salesProcessDraft(id: $d) { id } node(id: $d) { id } }"
    assert system.ask(hidden, role="manager", d=made["id"]) == {"salesProcessDraft": None, "node": None}
    assert system.ask(hidden, d=made["id"])["node"] == {"id": made["id"]}


def test_versions_and_texts_of_a_list_cost_one_request_each(system: System) -> None:
    system.asked.clear()
    system.ask("{ salesProcesses { versions { version } diagram definition } }")
    assert sorted(system.asked) == ["deals.list_processes", "deals.texts_of_processes", "deals.versions_of_processes"]
