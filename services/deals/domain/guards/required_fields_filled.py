"""The guard `required_fields_filled`."""

from __future__ import annotations

from services.deals.domain.guards.guard import FIELDS, Guard, StageFacts
from services.deals.domain.guards.parameters import Keys


class RequiredFieldsFilled(Guard):
    """Fields of the deal, which the stage names, are filled."""

    name = "required_fields_filled"
    description = "These fields of the deal are filled."
    parameters = (Keys(name="fields", description="The fields that have to be filled.", choices=FIELDS),)

    def __init__(self, fields: tuple[str, ...]) -> None:
        self._fields = fields
        self.missing = f"fill in {', '.join(fields)}"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether all of the fields are filled."""
        return all(map(facts.is_filled, self._fields))

    def what_to_do(self, facts: StageFacts) -> str:
        """Name the fields that are empty."""
        return f"fill in {', '.join(field for field in self._fields if not facts.is_filled(field))}"
