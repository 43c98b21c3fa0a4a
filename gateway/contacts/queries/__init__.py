"""What can be asked of contacts, by subject."""

from __future__ import annotations

import graphene

from gateway.contacts.queries.contact_persons import ContactPersonQueries
from gateway.contacts.queries.duplicates import DuplicateQueries
from gateway.contacts.queries.interactions import InteractionQueries
from gateway.contacts.queries.interests import InterestQueries
from gateway.contacts.queries.legal_entities import LegalEntityQueries
from gateway.contacts.queries.partners import PartnerQueries
from gateway.contacts.queries.personal_data import PersonalDataQueries
from gateway.contacts.queries.reminders import ReminderQueries
from gateway.contacts.queries.search import SearchQueries
from gateway.contacts.queries.segments import SegmentQueries
from gateway.contacts.queries.staff import StaffQueries


class ContactQueries(
    PartnerQueries,
    LegalEntityQueries,
    ContactPersonQueries,
    PersonalDataQueries,
    InterestQueries,
    InteractionQueries,
    ReminderQueries,
    SegmentQueries,
    DuplicateQueries,
    SearchQueries,
    StaffQueries,
    graphene.ObjectType,
):
    """All questions to the contacts service."""
