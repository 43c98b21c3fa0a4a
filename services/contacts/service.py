"""The contacts service: what can be asked of it and what it hears."""

from __future__ import annotations

from chassis.service import Storage, listen, rpc
from chassis.wire import Json
from services.contacts.commands.change_manager import ChangeManager, change_manager
from services.contacts.commands.change_partner import ChangePartner, change_partner
from services.contacts.commands.change_team import ChangeTeam, change_team
from services.contacts.commands.import_managers import ImportManagers, import_managers
from services.contacts.commands.import_partners import ImportPartners, import_partners
from services.contacts.commands.register_manager import RegisterManager, register_manager
from services.contacts.commands.register_partner import RegisterPartner, register_partner
from services.contacts.commands.register_team import RegisterTeam, register_team
from services.contacts.queries.list_managers import ListManagers, list_managers
from services.contacts.queries.list_partners import ListPartners, list_partners
from services.contacts.queries.list_teams import ListTeams, list_teams
from services.contacts.queries.locate import Locate, locate
from services.contacts.queries.managers_by_ids import ManagersByIds, managers_by_ids
from services.contacts.queries.partners_by_ids import PartnersByIds, partners_by_ids
from services.contacts.queries.reach_of_manager import ReachOfManager, reach_of_manager
from services.contacts.queries.teams_by_ids import TeamsByIds, teams_by_ids
from services.contacts.reactions.make_client import make_client
from services.contacts.storage.tables import metadata


class ContactsService:
    """Partners and how to reach them; managers and their teams."""

    name = "contacts"
    db = Storage(metadata)

    @rpc
    def register_partner(self, command: Json) -> Json:
        """Register a partner."""
        return self.db.run(register_partner, RegisterPartner, command)

    @rpc
    def change_partner(self, command: Json) -> Json:
        """Change what is known of a partner."""
        return self.db.run(change_partner, ChangePartner, command)

    @rpc
    def import_partners(self, command: Json) -> Json:
        """Take partners over from elsewhere."""
        return self.db.run(import_partners, ImportPartners, command)

    @rpc
    def partners_by_ids(self, query: Json) -> Json:
        """Give partners by ids."""
        return self.db.read(partners_by_ids, PartnersByIds, query)

    @rpc
    def list_partners(self, query: Json) -> Json:
        """Give a page of partners."""
        return self.db.read(list_partners, ListPartners, query)

    @rpc
    def register_manager(self, command: Json) -> Json:
        """Register a manager."""
        return self.db.run(register_manager, RegisterManager, command)

    @rpc
    def change_manager(self, command: Json) -> Json:
        """Change a manager's facts."""
        return self.db.run(change_manager, ChangeManager, command)

    @rpc
    def import_managers(self, command: Json) -> Json:
        """Take managers and their teams over from elsewhere."""
        return self.db.run(import_managers, ImportManagers, command)

    @rpc
    def managers_by_ids(self, query: Json) -> Json:
        """Give managers by ids."""
        return self.db.read(managers_by_ids, ManagersByIds, query)

    @rpc
    def list_managers(self, query: Json) -> Json:
        """Give a page of managers."""
        return self.db.read(list_managers, ListManagers, query)

    @rpc
    def register_team(self, command: Json) -> Json:
        """Make a team."""
        return self.db.run(register_team, RegisterTeam, command)

    @rpc
    def change_team(self, command: Json) -> Json:
        """Change a team's name, head or place."""
        return self.db.run(change_team, ChangeTeam, command)

    @rpc
    def teams_by_ids(self, query: Json) -> Json:
        """Give teams by ids."""
        return self.db.read(teams_by_ids, TeamsByIds, query)

    @rpc
    def list_teams(self, query: Json) -> Json:
        """Give all teams."""
        return self.db.read(list_teams, ListTeams, query)

    @rpc
    def locate(self, query: Json) -> Json:
        """Tell which of the named partners and managers there are."""
        return self.db.read(locate, Locate, query)

    @rpc
    def reach_of_manager(self, query: Json) -> Json:
        """Tell whose teams' rows a manager may see."""
        return self.db.read(reach_of_manager, ReachOfManager, query)

    on_deal_won = listen("deals", "deal.won", make_client)
