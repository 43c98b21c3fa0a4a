"""`crm personal-data PERSON`: all that is held about a person, as JSON."""

from __future__ import annotations

from typing import Annotated

import typer

_DOCUMENT = "query($person: ID!) { personalData(person: $person) }"


def personal_data(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The id of a contact person.")],
    url: Annotated[str | None, typer.Option(help="The system; CRM_URL, or the local one.", show_default=False)] = None,
    token: Annotated[
        str | None,
        typer.Option(
            help="CRM_TOKEN, with the scope privacy, or one of the local development issuer.", show_default=False
        ),
    ] = None,
) -> None:
    """Print all that is held about a contact person, for them to have."""
    import json

    from chassis.settings import load_settings
    from crm.cli.access import token_source, url_of
    from crm.importing.client import ApiClient

    settings = load_settings()
    with ApiClient(url_of(settings, url), token_source(settings, token, "privacy_officer")) as client:
        data = client.ask(_DOCUMENT, {"person": person}, patient=False)["personalData"]
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
