"""What partners are to the enterprise."""

from __future__ import annotations

import graphene


class PartnerRole(graphene.Enum):
    """What a partner is to the enterprise; several at once."""

    PROSPECT = "PROSPECT"
    CLIENT = "CLIENT"
    SUPPLIER = "SUPPLIER"
    COMPETITOR = "COMPETITOR"
