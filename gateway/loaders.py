"""All loaders of one request; each is made when it is first used."""

from __future__ import annotations

from gateway.claims.loaders import ClaimLoaders
from gateway.contacts.loaders import ContactLoaders
from gateway.deals.loaders import DealLoaders
from gateway.deals.order_loaders import OrderLoaders
from gateway.reporting.loaders import ReportLoaders


class Loaders(ContactLoaders, DealLoaders, OrderLoaders, ClaimLoaders, ReportLoaders):
    """`info.context.loaders`: partners, managers, deals, …"""
