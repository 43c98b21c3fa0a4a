"""The guard `approved_by_head_of_sales`."""

from __future__ import annotations

from services.deals.domain.guards.guard import Guard, StageFacts


class ApprovedByHeadOfSales(Guard):
    """The head of sales has approved that the deal enters the stage."""

    name = "approved_by_head_of_sales"
    description = (
        "The head of sales (scope `approve`) has approved that the deal enters this stage: asked for by `requestApproval`,"
        " decided by `decideApproval`. An approval holds for the stage of this version of the process."
    )
    missing = "ask for the approval of the head of sales (requestApproval), and wait for it"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether it is approved."""
        return facts.is_approved()
