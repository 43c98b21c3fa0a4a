"""What can be asked of deals, by subject."""

from __future__ import annotations

import graphene

from gateway.deals.queries.attention import AttentionQueries
from gateway.deals.queries.deals import DealListQueries
from gateway.deals.queries.money import MoneyQueries
from gateway.deals.queries.obligations import ObligationQueries
from gateway.deals.queries.processes import ProcessQueries
from gateway.deals.queries.proposals import ProposalQueries
from gateway.deals.queries.sale_terms import SaleTermsQueries
from gateway.deals.queries.sales_targets import SalesTargetQueries
from gateway.deals.queries.tasks import TaskQueries


class DealQueries(
    DealListQueries,
    ProcessQueries,
    SaleTermsQueries,
    ProposalQueries,
    ObligationQueries,
    TaskQueries,
    AttentionQueries,
    MoneyQueries,
    SalesTargetQueries,
    graphene.ObjectType,
):
    """All questions to the deals service."""
