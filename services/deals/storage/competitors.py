"""To whom deals are lost: partners that are competitors, as far as this service has heard."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from chassis.errors import refuse
from services.deals.storage.merged_partners import families
from services.deals.storage.tables import partners


def require_competitor(connection: sa.Connection, partner_id: UUID | None) -> None:
    """Raise Refused if a partner is known to be no competitor; one whose roles are not heard of yet passes."""
    if partner_id is None:
        return
    ones = families(connection, [partner_id])[partner_id]
    known = connection.execute(sa.select(partners.c.roles).where(partners.c.id.in_(ones))).scalars().all()
    heard = [roles for roles in known if roles is not None]
    if heard and not any("COMPETITOR" in roles for roles in heard):
        raise refuse(
            "NOT_A_COMPETITOR",
            "deals are lost to partners in the role COMPETITOR; give this one the role, or name another",
            "competitor",
        )
