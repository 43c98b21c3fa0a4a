"""`crm run`: everything in one process."""

from __future__ import annotations


def run() -> None:
    """Run the whole system in this process, on files in CRM_DATA_DIR; Ctrl-C ends it."""
    from chassis.settings import load_settings
    from chassis.telemetry import configure_logging
    from crm.system import run_embedded

    settings = load_settings()
    configure_logging(format=settings.log_format, level=settings.log_level)
    run_embedded(settings)
