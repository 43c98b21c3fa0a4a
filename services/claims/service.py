"""The claims service: what it does and what it hears."""

from __future__ import annotations

from chassis.service import Storage, listen, rpc
from chassis.wire import Json
from services.claims.commands.assign_claim import AssignClaim, assign_claim
from services.claims.commands.change_claim import ChangeClaim, change_claim
from services.claims.commands.erase_words import EraseWords, erase_words
from services.claims.commands.escalate_claim import EscalateClaim, escalate_claim
from services.claims.commands.record_satisfaction import RecordSatisfaction, record_satisfaction
from services.claims.commands.register_claim import RegisterClaim, register_claim
from services.claims.commands.reopen_claim import ReopenClaim, reopen_claim
from services.claims.commands.request_satisfaction import RequestSatisfaction, request_satisfaction
from services.claims.commands.resolve_claim import ResolveClaim, resolve_claim
from services.claims.commands.respond_to_claim import RespondToClaim, respond_to_claim
from services.claims.commands.resume_claim import ResumeClaim, resume_claim
from services.claims.commands.set_sla_policy import SetSlaPolicy, set_sla_policy
from services.claims.commands.wait_on_client import WaitOnClient, wait_on_client
from services.claims.due import DUE
from services.claims.queries.answers_of_claims import AnswersOfClaims, answers_of_claims
from services.claims.queries.changes_of_claims import ChangesOfClaims, changes_of_claims
from services.claims.queries.claims_by_ids import ClaimsByIds, claims_by_ids
from services.claims.queries.claims_of_deals import ClaimsOfDeals, claims_of_deals
from services.claims.queries.claims_of_partners import ClaimsOfPartners, claims_of_partners
from services.claims.queries.documents_of_deals import DocumentsOfDeals, documents_of_deals
from services.claims.queries.list_claims import ListClaims, list_claims
from services.claims.queries.satisfaction_of import (
    SatisfactionByIds,
    SatisfactionOf,
    satisfaction_by_ids,
    satisfaction_of,
    satisfaction_requests_by_ids,
    satisfaction_requests_of,
)
from services.claims.queries.sla_policies import SlaPoliciesByIds, sla_policies_by_ids
from services.claims.queries.texts_about_person import TextsAboutPerson, texts_about_person
from services.claims.reactions.ask_about_won_deal import ask_about_won_deal
from services.claims.reactions.erase_person import erase_person
from services.claims.reactions.follow_merged_partner import follow_merged_partner, follow_unmerged_partner
from services.claims.reactions.know_deal import know_deal
from services.claims.reactions.know_manager import know_manager
from services.claims.reactions.know_partner import know_partner
from services.claims.reactions.know_team import know_team
from services.claims.reactions.note_answer import note_answer
from services.claims.storage.tables import metadata


class ClaimsService:
    """Claims, from registration to resolution and back; service levels; how satisfied clients are."""

    name = "claims"
    db = Storage(metadata, timers=DUE)

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
    def change_claim(self, command: Json) -> Json:
        """Change how bad a claim is, or its products."""
        return self.db.run(change_claim, ChangeClaim, command)

    @rpc
    def respond_to_claim(self, command: Json) -> Json:
        """Keep what was said about a claim."""
        return self.db.run(respond_to_claim, RespondToClaim, command)

    @rpc
    def wait_on_client(self, command: Json) -> Json:
        """Let a claim wait on the client."""
        return self.db.run(wait_on_client, WaitOnClient, command)

    @rpc
    def resume_claim(self, command: Json) -> Json:
        """Go on with a claim."""
        return self.db.run(resume_claim, ResumeClaim, command)

    @rpc
    def escalate_claim(self, command: Json) -> Json:
        """Tell somebody above of a claim."""
        return self.db.run(escalate_claim, EscalateClaim, command)

    @rpc
    def reopen_claim(self, command: Json) -> Json:
        """Take a resolved claim up again."""
        return self.db.run(reopen_claim, ReopenClaim, command)

    @rpc
    def set_sla_policy(self, command: Json) -> Json:
        """Set the targets of claims to come."""
        return self.db.run(set_sla_policy, SetSlaPolicy, command)

    @rpc
    def request_satisfaction(self, command: Json) -> Json:
        """Ask a client how satisfied they are."""
        return self.db.run(request_satisfaction, RequestSatisfaction, command)

    @rpc
    def record_satisfaction(self, command: Json) -> Json:
        """Keep how satisfied a client is."""
        return self.db.run(record_satisfaction, RecordSatisfaction, command)

    @rpc
    def erase_words(self, command: Json) -> Json:
        """Take what names a person out of the texts of claims."""
        return self.db.run(erase_words, EraseWords, command)

    @rpc
    def texts_about_person(self, query: Json) -> Json:
        """Give what is written of claims that names a person."""
        return self.db.read(texts_about_person, TextsAboutPerson, query)

    @rpc
    def sla_policies_by_ids(self, query: Json) -> Json:
        """Give versions of the service levels."""
        return self.db.read(sla_policies_by_ids, SlaPoliciesByIds, query)

    @rpc
    def answers_of_claims(self, query: Json) -> Json:
        """Give a page of what was said about each claim."""
        return self.db.read(answers_of_claims, AnswersOfClaims, query)

    @rpc
    def changes_of_claims(self, query: Json) -> Json:
        """Give a page of the changes of each claim."""
        return self.db.read(changes_of_claims, ChangesOfClaims, query)

    @rpc
    def satisfaction_of(self, query: Json) -> Json:
        """Give a page of the answers about each thing."""
        return self.db.read(satisfaction_of, SatisfactionOf, query)

    @rpc
    def satisfaction_requests_of(self, query: Json) -> Json:
        """Give a page of the requests about each thing."""
        return self.db.read(satisfaction_requests_of, SatisfactionOf, query)

    @rpc
    def satisfaction_by_ids(self, query: Json) -> Json:
        """Give answers by their ids."""
        return self.db.read(satisfaction_by_ids, SatisfactionByIds, query)

    @rpc
    def satisfaction_requests_by_ids(self, query: Json) -> Json:
        """Give requests by their ids."""
        return self.db.read(satisfaction_requests_by_ids, SatisfactionByIds, query)

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
    on_team_registered = listen("contacts", "team.registered", know_team)
    on_team_changed = listen("contacts", "team.changed", know_team)
    on_interaction_registered = listen("contacts", "interaction.registered", note_answer)
    on_deal_won = listen("deals", "deal.won", ask_about_won_deal)
    on_deal_opened = listen("deals", "deal.opened", know_deal)
    on_deal_changed = listen("deals", "deal.changed", know_deal)
    on_deal_merged = listen("deals", "deal.merged", know_deal)
    on_deal_unmerged = listen("deals", "deal.unmerged", know_deal)
