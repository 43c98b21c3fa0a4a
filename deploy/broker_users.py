"""Give other systems their user at the broker: it may read the exchange crm.events, into queues of its own, and no more.

Run at each start, by the image of the CRM: what is there already is set again.
"""

from __future__ import annotations

import os
import sys

import httpx

OWN = r"subscriber[-.].*"
PERMISSIONS = {
    "configure": f"^{OWN}$",
    "write": f"^{OWN}$",  # binding writes to the queue; no exchange has such a name, so nothing can be published
    "read": f"^(crm\\.events|{OWN})$",
}


def main() -> None:
    """Make the user `subscriber`, or set its password and permissions."""
    broker = httpx.Client(
        base_url=os.environ["BROKER_API"],
        auth=("crm", os.environ["BROKER_PASSWORD"]),
        transport=httpx.HTTPTransport(retries=10),
    )
    user = {"password": os.environ["SUBSCRIBER_PASSWORD"], "tags": ""}
    # on topic exchanges a user is held to routing keys as well: this one publishes none
    topics = {"exchange": "", "write": "^$", "read": ".*"}
    try:
        broker.put("/api/users/subscriber", json=user).raise_for_status()
        broker.put("/api/permissions/%2F/subscriber", json=PERMISSIONS).raise_for_status()
        broker.put("/api/topic-permissions/%2F/subscriber", json=topics).raise_for_status()
    except httpx.HTTPError as error:
        sys.exit(f"the broker's management does not take the user: {error}")


if __name__ == "__main__":
    main()
