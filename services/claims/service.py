"""The claims service: what it does and what it hears."""

from __future__ import annotations

from chassis.service import Storage, listen, rpc
from chassis.wire import Json
from services.claims.commands.assign_claim import AssignClaim, assign_claim
from services.claims.commands.register_claim import RegisterClaim, register_claim
from services.claims.commands.resolve_claim import ResolveClaim, resolve_claim
from services.claims.queries.claims_by_ids import ClaimsByIds, claims_by_ids
from services.claims.queries.claims_of_deals import ClaimsOfDeals, claims_of_deals
from services.claims.queries.claims_of_partners import ClaimsOfPartners, claims_of_partners
from services.claims.queries.documents_of_deals import DocumentsOfDeals, documents_of_deals
from services.claims.queries.list_claims import ListClaims, list_claims
from services.claims.reactions.erase_person import erase_person
from services.claims.reactions.follow_merged_partner import follow_merged_partner, follow_unmerged_partner
from services.claims.reactions.know_deal import know_deal
from services.claims.reactions.know_manager import know_manager
from services.claims.reactions.know_partner import know_partner
from services.claims.storage.tables import metadata


class ClaimsService:
    """Claims: registered, assigned, resolved."""

    name = "claims"
    db = Storage(metadata)

    @rpc
    def register_claim(self, command: Json) -> Json:
        """Put a client's complaint on record."""
        return self.db.run(register_claim, RegisterClaim, command)

    @rpc
    def assign_claim(self, command: Json) -> Json:
        """Give a claim to a manager."""
        return self.db.run(assign_claim, AssignClaim, command)

    @rpc
    def resolve_claim(self, command: Json) -> Json:
        """Close a claim with what was done about it."""
        return self.db.run(resolve_claim, ResolveClaim, command)

    @rpc
    def claims_by_ids(self, query: Json) -> Json:
        """Give claims by their ids."""
        return self.db.read(claims_by_ids, ClaimsByIds, query)

    @rpc
    def list_claims(self, query: Json) -> Json:
        """Give a page of claims."""
        return self.db.read(list_claims, ListClaims, query)

    @rpc
    def claims_of_partners(self, query: Json) -> Json:
        """Give a page of claims for each partner."""
        return self.db.read(claims_of_partners, ClaimsOfPartners, query)

    @rpc
    def documents_of_deals(self, query: Json) -> Json:
        return self.db.read(documents_of_deals, DocumentsOfDeals, query)

    @rpc
    def claims_of_deals(self, query: Json) -> Json:
        """Give a page of claims for each deal."""
        return self.db.read(claims_of_deals, ClaimsOfDeals, query)

    on_partner_registered = listen("contacts", "partner.registered", know_partner)
    on_partner_changed = listen("contacts", "partner.changed", know_partner)
    on_partner_merged = listen("contacts", "partner.merged", follow_merged_partner)
    on_partner_unmerged = listen("contacts", "partner.unmerged", follow_unmerged_partner)
    on_person_erased = listen("contacts", "person.erased", erase_person)
    on_manager_registered = listen("contacts", "manager.registered", know_manager)
    on_manager_changed = listen("contacts", "manager.changed", know_manager)
    on_deal_opened = listen("deals", "deal.opened", know_deal)
    on_deal_changed = listen("deals", "deal.changed", know_deal)
    on_deal_merged = listen("deals", "deal.merged", know_deal)
    on_deal_unmerged = listen("deals", "deal.unmerged", know_deal)
