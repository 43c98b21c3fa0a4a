"""Drafts of sales processes, and the versions that are made of them."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Forbidden, Refused
from chassis.ids import new_id
from chassis.wire import Json
from tests.services.deals.definitions import definition, stage
from tests.services.deals.world import MANAGER, SALES, World, manager_actor


def draft(world: World, **given: Any) -> Json:
    return world.do("draft_sales_process", SALES, definition=definition(**given))


def published(world: World, given: Json) -> Json:
    made = world.do("draft_sales_process", SALES, definition=given)
    return world.do("publish_sales_process", SALES, draft_id=made["id"])


def test_a_draft_from_nothing_becomes_the_first_version(world: World) -> None:
    made = draft(world)
    assert (made["version"], made["problems"], made["changed_by"]) == (1, [], "sales")
    assert world.told("process.published")[-1]["key"] != "export_sale"

    version = world.do("publish_sales_process", SALES, draft_id=made["id"])
    assert (version["key"], version["version"], version["won_by"]) == ("export_sale", 1, "SHIPMENT")
    told = world.told("process.published")[-1]
    assert (told["process_id"], told["version"], [one["key"] for one in told["stages"]]) == (
        version["id"], 1, ["contact", "offer"],
    )  # fmt: skip
    assert world.ask("list_process_drafts", SALES)["nodes"] == []
    assert world.ask("list_processes")["nodes"][-1]["id"] == version["id"]


def test_a_copy_of_the_newest_version_becomes_the_next_and_deals_keep_theirs(world: World) -> None:
    deal = world.open("manual_sale")
    copy = world.do("draft_sales_process", SALES, given={"key": "manual_sale"})
    assert copy["based_on_id"] == world.processes["manual_sale"]["id"]
    fewer = definition("manual_sale", stage("start"), stage("end"), control="MANUAL")
    changed = world.do("change_sales_process_draft", SALES, draft_id=copy["id"], definition=fewer, expected_version=1)
    assert (changed["version"], [one["key"] for one in changed["stages"]]) == (2, ["start", "end"])
    second = world.do("publish_sales_process", SALES, draft_id=copy["id"], expected_version=2)
    assert second["version"] == 2

    assert world.do("move_deal", deal_id=deal["id"], stage="negotiation")["stage"] == "negotiation"
    (versions,) = world.ask("versions_of_processes", keys=["manual_sale"])["versions"]
    assert [(one["version"], len(one["stages"])) for one in versions] == [(2, 2), (1, 5)]
    assert world.do("draft_sales_process", SALES, given={"key": "manual_sale"})["based_on_id"] == second["id"]


def test_there_is_one_draft_of_a_process_and_its_key_stays(world: World) -> None:
    made = draft(world)
    assert world.refused("draft_sales_process", SALES, definition=definition()).code == "DRAFT_EXISTS"
    other = world.refused(
        "change_sales_process_draft", SALES, draft_id=made["id"], definition=definition("another_sale")
    )
    assert (other.code, other.field) == ("KEY_IS_FIXED", ("definition", "key"))


def test_two_who_change_a_draft(world: World) -> None:
    made = draft(world)
    for operation in ("publish_sales_process", "discard_sales_process_draft"):
        problem = world.refused(operation, SALES, draft_id=made["id"], expected_version=7)
        assert (problem.code, problem.field) == ("CONFLICT", ("expectedVersion",))


def test_what_is_discarded_is_gone(world: World) -> None:
    made = draft(world)
    assert world.do("discard_sales_process_draft", SALES, draft_id=made["id"]) == {
        "discarded": made["id"], "key": "export_sale",
    }  # fmt: skip
    assert world.refused("publish_sales_process", SALES, draft_id=made["id"]).code == "NOT_FOUND"
    assert world.refused("draft_sales_process", SALES, given={"key": "export_sale"}).code == "NOT_FOUND"
    assert world.refused("draft_sales_process", SALES).code == "REQUIRED"


def test_who_may_not_write_processes(world: World) -> None:
    made = draft(world)
    ann = manager_actor(new_id(MANAGER))
    for operation, payload in [
        ("draft_sales_process", {"given": {"key": "manual_sale"}}),
        ("change_sales_process_draft", {"draft_id": made["id"], "definition": definition()}),
        ("discard_sales_process_draft", {"draft_id": made["id"]}),
        ("import_sales_process", {"yaml": "key: x"}),
        ("publish_sales_process", {"draft_id": made["id"]}),
    ]:
        with pytest.raises(Forbidden):
            world.do(operation, ann, **payload)
    with pytest.raises(Forbidden):
        world.ask("list_process_drafts", ann)
    assert world.ask("process_drafts_by_ids", ann, ids=[made["id"]])["nodes"] == [None]
    assert world.ask("process_drafts_by_ids", SALES, ids=[made["id"]])["nodes"][0]["id"] == made["id"]


def test_all_that_is_wrong_is_said_at_once(world: World) -> None:
    wrong = definition(
        "export_sale",
        stage("contact", rank=2, probability=3.0, plan=[
            {"key": "call", "title": "Call", "due_in_business_days": -1, "depends_on": ["write"]},
            {"key": "write", "title": "Write", "due_in_business_days": 1, "depends_on": ["call", "moon"]},
            {"key": "call", "title": "Call", "due_in_business_days": 1, "assignee_id": new_id(MANAGER)},
        ]),
        stage("contact", guards=[
            {"name": "moon_is_full"},
            {"name": "required_fields_filled"},
            {"name": "partner_known", "parameters": [{"name": "percent", "value": 30}]},
            {"name": "partner_known"},
        ], allowed_dwell_days=0),
        stage("offer", guards=[
            {"name": "required_fields_filled", "parameters": [{"name": "fields", "value": "amount, moon"}]},
        ], moves_on_when_done=True),
        won_by="COMMAND",
    )  # fmt: skip
    made = world.do("draft_sales_process", SALES, definition=wrong)
    before = world.footprint()
    with pytest.raises(Refused) as refusal:
        world.do("publish_sales_process", SALES, draft_id=made["id"])
    assert world.footprint() == before
    found = {(problem.code, ".".join(problem.field or ())) for problem in refusal.value.problems}
    assert found == {
        ("WON_BY_SHIPMENT", "definition.won_by"),
        ("INVALID_RANK", "definition.stages.0.rank"),
        ("INVALID_PROBABILITY", "definition.stages.0.probability"),
        ("INVALID_DUE", "definition.stages.0.plan.0.due_in_business_days"),
        ("UNKNOWN_TASK", "definition.stages.0.plan.1.depends_on"),
        ("DUPLICATE", "definition.stages.0.plan.2.key"),
        ("NOT_FOUND", "definition.stages.0.plan.2.assignee_id"),
        ("DUPLICATE", "definition.stages.1.key"),
        ("INVALID_DWELL", "definition.stages.1.allowed_dwell_days"),
        ("UNKNOWN_GUARD", "definition.stages.1.guards.0.name"),
        ("PARAMETER_REQUIRED", "definition.stages.1.guards.1.parameters.fields"),
        ("UNKNOWN_PARAMETER", "definition.stages.1.guards.2.parameters.percent"),
        ("DUPLICATE", "definition.stages.1.guards.3.name"),
        ("INVALID_PARAMETER", "definition.stages.2.guards.0.parameters.fields"),
        ("MOVES_NOWHERE", "definition.stages.2.moves_on_when_done"),
    }
    told = {(one["code"], ".".join(["definition", *one["field"]])) for one in made["problems"]}
    assert told == found


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (definition(control="UNMANAGED"), "STAGES_NOT_ALLOWED"),
        ({**definition(control="MANUAL"), "stages": []}, "STAGES_REQUIRED"),
        ({**definition(control="UNMANAGED", won_by="SHIPMENT"), "stages": []}, "WON_BY_COMMAND"),
        (definition("x", stage("a", moves_on_when_done=True), stage("b")), "NOTHING_TO_BE_DONE"),
        (
            definition("x", stage("a", plan=[
                {"key": "b", "title": "B", "due_in_business_days": 1, "depends_on": ["c"]},
                {"key": "c", "title": "C", "due_in_business_days": 1, "depends_on": ["b"]},
            ])),
            "TASKS_IN_A_CIRCLE",
        ),
    ],
)  # fmt: skip
def test_what_no_process_may_be(world: World, given: Json, code: str) -> None:
    made = world.do("draft_sales_process", SALES, definition=given)
    assert world.refused("publish_sales_process", SALES, draft_id=made["id"]).code == code


def test_a_published_version_has_its_plan_and_reads_the_parameters(world: World) -> None:
    ann = new_id(MANAGER)
    world.hear("manager.registered", 1, manager_id=ann, team_id=None)
    fields = [{"name": "fields", "value": "products, amount"}]
    plan = [{"key": "call", "title": "Call", "due_in_business_days": 1, "assignee_id": ann}]
    version = published(
        world,
        definition(
            "export_sale",
            stage("contact", plan=plan, moves_on_when_done=True, allowed_dwell_days=3),
            stage("offer", guards=[{"name": "required_fields_filled", "parameters": fields}]),
        ),
    )
    first, second = version["stages"]
    assert first["plan"][0]["assignee_id"] == str(ann)
    assert (first["moves_on_when_done"], first["allowed_dwell_days"]) == (True, 3)
    assert second["guards"] == ["required_fields_filled"]
    assert second["guard_uses"][0]["parameters"] == [{"name": "fields", "value": "amount, products"}]


def test_what_is_exported_is_imported_and_published_to_the_same(world: World) -> None:
    (text,) = world.ask("texts_of_processes", ids=[world.processes["typical_sale"]["id"]])["nodes"]
    made = world.do("import_sales_process", SALES, yaml=text["definition"])
    assert made["problems"] == []
    assert (made["definition"], made["diagram"]) == (text["definition"], text["diagram"])
    version = world.do("publish_sales_process", SALES, draft_id=made["id"])
    same = {name: value for name, value in world.processes["typical_sale"].items() if name not in ("id", "version")}
    assert same.items() <= version.items()
    assert version["version"] == world.processes["typical_sale"]["version"] + 1


def test_importing_again_replaces_the_draft_unless_someone_changed_it(world: World) -> None:
    text = "key: export_sale\nname: Export\ncontrol: UNMANAGED\n"
    first = world.do("import_sales_process", SALES, yaml=text)
    again = world.do("import_sales_process", SALES, yaml=text.replace("Export", "Abroad"), expected_version=1)
    assert (again["id"], again["version"], again["name"]) == (first["id"], 2, "Abroad")
    assert world.refused("import_sales_process", SALES, yaml=text, expected_version=1).code == "CONFLICT"
    other = world.refused("import_sales_process", SALES, yaml=text.replace("export", "home"), expected_version=1)
    assert other.code == "CONFLICT"
    assert world.refused("import_sales_process", SALES, yaml="k" * 100_001).code == "TOO_LONG"
    assert world.refused("import_sales_process", SALES, yaml="key: [").code == "INVALID_YAML"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"key": "No Key"}, "INVALID"),
        ({"key": "k" * 51}, "INVALID"),
        ({"name": "n" * 201}, "TOO_LONG"),
        ({"name": "a\0b"}, "INVALID"),
        ({"name": "two\nlines"}, "INVALID"),
        ({"name": " "}, "REQUIRED"),
        ({"stages": [stage(f"s{i}") for i in range(51)]}, "TOO_LONG"),
        ({"stages": [stage("a", guards=[{"name": "g", "parameters": [{"name": "p", "value": "v" * 501}]}])]}, "INVALID"),
        (
            {"stages": [stage("a", plan=[{
                "key": "k", "title": "t", "due_in_business_days": 1,
                "assignee_role": "OWNER", "assignee_id": str(new_id(MANAGER)),
            }])]},
            "INVALID",
        ),
    ],
)  # fmt: skip
def test_what_no_draft_takes(world: World, more: Json, code: str) -> None:
    given = {**definition(), **more}
    assert world.refused("draft_sales_process", SALES, definition=given).code == code
