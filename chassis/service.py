"""What a service class is made of.

class DoorsService:
    name = "doors"
    db = Storage(metadata)

    @rpc
    def open_door(self, command: Json) -> Json:
        return self.db.run(open_door, OpenDoor, command)

    on_key_lost = listen("keys", "key.lost", close_doors)
"""

from chassis.bus.inbox_consumer import listen, reactions_of
from chassis.bus.server import rpc
from chassis.bus.storage import Storage

__all__ = ["Storage", "listen", "reactions_of", "rpc"]
