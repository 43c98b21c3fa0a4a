"""The tables of reporting: what was heard, kept as facts, and what follows from it."""

from __future__ import annotations

from services.reporting.storage.tables.claims import claim_facts, satisfaction_facts, satisfaction_requests
from services.reporting.storage.tables.classification import classification_runs, classified_clients
from services.reporting.storage.tables.clients import (
    client_managers,
    deal_merges,
    goods_facts,
    interest_facts,
    obligation_facts,
    payment_facts,
    preference_facts,
    proposal_facts,
    supply_facts,
)
from services.reporting.storage.tables.copies import manager_facts, merged_partners, partners, processes, team_facts
from services.reporting.storage.tables.deals import (
    assortments,
    deal_facts,
    deal_moments,
    deal_products,
    deal_standings,
    deal_states,
    deal_stays,
)
from services.reporting.storage.tables.forecasts import (
    forecast_snapshot_cells,
    forecast_snapshot_deals,
    forecast_snapshot_rates,
    forecast_snapshots,
    rate_facts,
)
from services.reporting.storage.tables.hand_overs import hand_over_facts
from services.reporting.storage.tables.interactions import (
    client_words,
    interaction_facts,
    interaction_subjects,
    response_waits,
)
from services.reporting.storage.tables.rollups import (
    claim_counts,
    cycle_counts,
    funnel_counts,
    hand_over_counts,
    interaction_counts,
    outcome_counts,
    response_counts,
    task_counts,
)
from services.reporting.storage.tables.schema import metadata
from services.reporting.storage.tables.segments import segment_facts
from services.reporting.storage.tables.targets import target_facts
from services.reporting.storage.tables.tasks import task_facts
from services.reporting.storage.tables.work import document_facts, partner_roles, step_facts

PROJECTIONS = (
    step_facts, document_facts, partner_roles, segment_facts, deal_facts, deal_states, deal_stays,
    deal_products, processes, manager_facts, team_facts, partners, merged_partners, claim_facts, interaction_facts,
    interaction_subjects, task_facts, funnel_counts, outcome_counts, cycle_counts, satisfaction_facts,
    satisfaction_requests, deal_moments, deal_standings, assortments, rate_facts, client_managers, deal_merges,
    goods_facts, interest_facts, obligation_facts, payment_facts, preference_facts, proposal_facts, supply_facts,
    interaction_counts, claim_counts, task_counts, target_facts, client_words, response_waits, response_counts,
    hand_over_facts, hand_over_counts,
)  # fmt: skip
"""What follows from events alone: a replay makes it anew. Runs of the classification do not, and are no part of it."""

__all__ = [
    "PROJECTIONS",
    "assortments",
    "claim_counts",
    "claim_facts",
    "classification_runs",
    "classified_clients",
    "client_managers",
    "client_words",
    "cycle_counts",
    "deal_facts",
    "deal_merges",
    "deal_moments",
    "deal_products",
    "deal_standings",
    "deal_states",
    "deal_stays",
    "document_facts",
    "forecast_snapshot_cells",
    "forecast_snapshot_deals",
    "forecast_snapshot_rates",
    "forecast_snapshots",
    "funnel_counts",
    "goods_facts",
    "hand_over_counts",
    "hand_over_facts",
    "interaction_counts",
    "interaction_facts",
    "interaction_subjects",
    "interest_facts",
    "manager_facts",
    "merged_partners",
    "metadata",
    "obligation_facts",
    "outcome_counts",
    "partner_roles",
    "partners",
    "payment_facts",
    "preference_facts",
    "processes",
    "proposal_facts",
    "rate_facts",
    "response_counts",
    "response_waits",
    "satisfaction_facts",
    "satisfaction_requests",
    "segment_facts",
    "step_facts",
    "supply_facts",
    "target_facts",
    "task_counts",
    "task_facts",
    "team_facts",
]
