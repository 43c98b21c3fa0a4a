"""What the deals service does when a moment has come."""

from __future__ import annotations

from services.deals.commands.keep_proposals import EXPIRY as PROPOSAL_EXPIRY
from services.deals.due.expire_proposal import expire_proposal
from services.deals.due.hand_over_on_day import hand_over_on_day
from services.deals.due.resume_held_deal import resume_held_deal
from services.deals.due.revalue_deals import revalue_deals
from services.deals.storage.exchange_rates import REVALUE_DEALS
from services.deals.storage.holds import RESUME
from services.deals.storage.planned_hand_overs import HAND_OVER

DUE = {
    HAND_OVER: hand_over_on_day,
    PROPOSAL_EXPIRY: expire_proposal,
    RESUME: resume_held_deal,
    REVALUE_DEALS: revalue_deals,
}
"""Every timer of the service, by its name."""
