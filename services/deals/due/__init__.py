"""What the deals service does when a moment has come."""

from __future__ import annotations

from services.deals.commands.keep_proposals import EXPIRY as PROPOSAL_EXPIRY
from services.deals.due.expire_proposal import expire_proposal
from services.deals.due.resume_held_deal import resume_held_deal
from services.deals.storage.holds import RESUME

DUE = {
    PROPOSAL_EXPIRY: expire_proposal,
    RESUME: resume_held_deal,
}
"""Every timer of the service, by its name."""
