"""What partners may be named for by their roles, as far as this service has heard of them."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from chassis.errors import refuse
from services.deals.storage.merged_partners import families
from services.deals.storage.tables import partners


def require_competitor(connection: sa.Connection, partner_id: UUID | None) -> None:
    """Raise Refused if a partner is known to be no competitor; one whose roles are not heard of yet passes."""
    if partner_id is not None and _is_known_without(connection, partner_id, "COMPETITOR"):
        raise refuse(
            "NOT_A_COMPETITOR",
            "deals are lost to partners in the role COMPETITOR; give this one the role, or name another",
            "competitor",
        )


def require_supplier(connection: sa.Connection, partner_id: UUID) -> None:
    """Raise Refused if a partner is known to be no supplier; one whose roles are not heard of yet passes."""
    if _is_known_without(connection, partner_id, "SUPPLIER"):
        message = f"goods are bought of partners in the role SUPPLIER; give {partner_id} the role, or name another"
        raise refuse("NOT_A_SUPPLIER", message, "suppliers")


def _is_known_without(connection: sa.Connection, partner_id: UUID, role: str) -> bool:
    ones = families(connection, [partner_id])[partner_id]
    known = connection.execute(sa.select(partners.c.roles).where(partners.c.id.in_(ones))).scalars().all()
    heard = [roles for roles in known if roles is not None]
    return bool(heard) and not any(role in roles for roles in heard)
