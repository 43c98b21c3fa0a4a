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


def main() -> int:
    """Make the user `subscriber`, or set its password and permissions; give the exit code."""
    broker = httpx.Client(
        base_url=os.environ["BROKER_API"],
        auth=("crm", os.environ["BROKER_PASSWORD"]),
        transport=httpx.HTTPTransport(retries=10),
    )
    try:
        broker.put("/api/users/subscriber", json={"password": os.environ["SUBSCRIBER_PASSWORD"], "tags": ""}).raise_for_status()
        broker.put("/api/permissions/%2F/subscriber", json=PERMISSIONS).raise_for_status()
        # on topic exchanges a user may also be held to routing keys: this one publishes none
        topics = {"exchange": "", "write": "^$", "read": ".*"}
        broker.put("/api/topic-permissions/%2F/subscriber", json=topics).raise_for_status()
    except httpx.HTTPError as error:
        print(f"the broker's management does not take the user: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
