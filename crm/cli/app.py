"""The `crm` command: its subcommands, and how whatever goes wrong becomes one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from chassis.errors import CrmError
from crm.cli import export_data, import_data, migrate, parked, personal_data, rates, replay, report, serve, token
from crm.cli import run as run_command

FAILED = 2

app = typer.Typer(
    name="crm",
    help="The CRM of a trade enterprise: run it, fill it, look after it.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("run")(run_command.run)
app.command("serve")(serve.serve)
app.command("migrate")(migrate.migrate)
app.command("import")(import_data.import_data)
app.command("export")(export_data.export_data)
app.command("report")(report.report)
app.command("rates")(rates.rates)
app.command("personal-data")(personal_data.personal_data)
app.command("token")(token.token)
app.command("replay")(replay.replay)
app.add_typer(parked.app, name="parked")


def run(arguments: Sequence[str]) -> int:
    """Run a command and give the exit code: what the command says, or 2 with one line on standard error."""
    try:
        code: Any = app(list(arguments), prog_name="crm", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        return _stopped()
    except CrmError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
    except Exception as error:
        if hasattr(error, "format_message"):  # a usage error; its class is private to typer
            return _fail(error.format_message())
        if os.environ.get("CRM_DEBUG"):
            raise
        return _fail(f"unexpected {type(error).__name__}: {error} (CRM_DEBUG=1 shows where)")
    if code == 130:  # how typer tells of Ctrl-C
        return _stopped()
    return int(code or 0)


def _stopped() -> int:
    _fail("stopped from the keyboard")
    sys.stdout.flush()
    # threads that wait for an answer would hold up the end of the process; there is nothing left for them to do
    os._exit(FAILED)


def _fail(message: str) -> int:
    typer.echo(f"crm: {' '.join(message.split())}", err=True)
    return FAILED
