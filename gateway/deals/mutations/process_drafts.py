"""draftSalesProcess, changeSalesProcessDraft, discardSalesProcessDraft, importSalesProcess and publishSalesProcess."""

from __future__ import annotations

import graphene

from gateway.commands import as_given, mutation, whole
from gateway.deals.mutations.approvals import decide_approval, request_approval
from gateway.deals.mutations.change_process import change_deal_process, change_process_of_deals
from gateway.deals.mutations.definition_inputs import SalesProcessDefinitionInput
from gateway.deals.types import SalesProcess, SalesProcessDraft
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class DraftSalesProcessInput(graphene.InputObjectType):
    """A draft to begin: a copy of the newest version of the process with this key, or one from nothing."""

    key = graphene.String()
    definition = graphene.InputField(SalesProcessDefinitionInput)
    idempotency_key = graphene.String()


class DraftSalesProcessPayload(Payload):
    """The draft, or what to put right."""

    draft = graphene.Field(SalesProcessDraft)


class ChangeSalesProcessDraftInput(graphene.InputObjectType):
    """What a draft says from now on; the whole definition is replaced."""

    draft = reference(Kind.PROCESS_DRAFT, required=True)
    definition = graphene.InputField(SalesProcessDefinitionInput, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ChangeSalesProcessDraftPayload(Payload):
    """The draft, with what would keep it from being published; or what to put right."""

    draft = graphene.Field(SalesProcessDraft)


class DiscardSalesProcessDraftInput(graphene.InputObjectType):
    """A draft to be given up."""

    draft = reference(Kind.PROCESS_DRAFT, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class DiscardSalesProcessDraftPayload(Payload):
    """The id of the draft that was, and the key of its process; or what to put right."""

    discarded = graphene.ID()
    key = graphene.String()


class ImportSalesProcessInput(graphene.InputObjectType):
    """A definition as `SalesProcess.definition` gives it; `expectedVersion` is that of the draft which it replaces."""

    yaml = graphene.String(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ImportSalesProcessPayload(Payload):
    """The draft, or what to put right: INVALID_YAML, or what does not fit; each says its line."""

    draft = graphene.Field(SalesProcessDraft)


class PublishSalesProcessInput(graphene.InputObjectType):
    """A draft to become the next version of its process."""

    draft = reference(Kind.PROCESS_DRAFT, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class PublishSalesProcessPayload(Payload):
    """The new version, or all that is wrong with the definition, each with the path of its field."""

    process = graphene.Field(SalesProcess)


draft_sales_process = mutation(
    "deals",
    "draft_sales_process",
    takes=DraftSalesProcessInput,
    gives=DraftSalesProcessPayload,
    read=whole("draft"),
    description="Begin a draft of a sales process; needs the scope `process`.",
)

change_sales_process_draft = mutation(
    "deals",
    "change_sales_process_draft",
    takes=ChangeSalesProcessDraftInput,
    gives=ChangeSalesProcessDraftPayload,
    read=whole("draft"),
    description="Replace the definition of a draft; needs the scope `process`.",
)

discard_sales_process_draft = mutation(
    "deals",
    "discard_sales_process_draft",
    takes=DiscardSalesProcessDraftInput,
    gives=DiscardSalesProcessDraftPayload,
    read=as_given,
    description="Give a draft up; needs the scope `process`.",
)

import_sales_process = mutation(
    "deals",
    "import_sales_process",
    takes=ImportSalesProcessInput,
    gives=ImportSalesProcessPayload,
    read=whole("draft"),
    description="Make a draft of a definition in YAML; needs the scope `process`.",
)

publish_sales_process = mutation(
    "deals",
    "publish_sales_process",
    takes=PublishSalesProcessInput,
    gives=PublishSalesProcessPayload,
    read=whole("process"),
    description="Publish a draft as the next version; deals under way keep theirs. Needs the scope `process`.",
)


class ProcessMutations(graphene.ObjectType):
    """Commands to deals about sales processes."""

    draft_sales_process = draft_sales_process
    change_sales_process_draft = change_sales_process_draft
    discard_sales_process_draft = discard_sales_process_draft
    import_sales_process = import_sales_process
    publish_sales_process = publish_sales_process
    change_deal_process = change_deal_process
    request_approval = request_approval
    decide_approval = decide_approval
    change_process_of_deals = change_process_of_deals
