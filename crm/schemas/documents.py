"""The documents as files: what the classes say, what is written, and how they differ."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from chassis.errors import Misconfigured
from chassis.events import Published
from crm.schemas.asyncapi import asyncapi_document
from crm.schemas.compatibility import breaches
from crm.schemas.event_schema import event_schema, schema_name
from crm.system import SERVICES, events_of

FOLDER = Path(__file__).parents[2] / "docs" / "events"
ASYNCAPI = "asyncapi.json"

Documents = dict[str, dict[str, Any]]
"""JSON documents by the name of their file."""


def generated(published: Mapping[str, Sequence[type[Published]]] | None = None) -> Documents:
    """Make the documents from the event classes."""
    if published is None:
        published = {service: events_of(service) for service in SERVICES}
    schemas = {f"{schema_name(kind)}.json": event_schema(kind) for found in published.values() for kind in found}
    return {**dict(sorted(schemas.items())), ASYNCAPI: asyncapi_document(published)}


def written(folder: Path = FOLDER) -> Documents:
    """Read the documents that are written."""
    return {file.name: json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))}


def committed(revision: str, folder: Path = FOLDER) -> Documents:
    """Read the documents of a git revision; raise Misconfigured where there is no such revision."""
    listed = _git("ls-tree", "-r", "--name-only", "--full-name", revision, ".", folder=folder).split()
    return {
        Path(name).name: json.loads(_git("show", f"{revision}:{name}", folder=folder))
        for name in listed
        if name.endswith(".json")
    }


def broken(old: Documents, new: Documents) -> list[str]:
    """Tell which promises of the old schemas the new ones do not keep."""
    found = []
    for name, schema in old.items():
        if name == ASYNCAPI:
            continue
        if name not in new:
            found.append(f"{name}: nothing is published by this schema any more")
        else:
            found += [f"{name}: {breach}" for breach in breaches(schema, new[name])]
    return found


def differences(folder: Path = FOLDER) -> list[str]:
    """Tell which written documents say other than the event classes do."""
    old, new = written(folder), generated()
    changed = [f"{name}: differs from the event class" for name in new if name in old and old[name] != new[name]]
    missing = [f"{name}: is not written" for name in new if name not in old]
    return (
        changed + missing + [f"{name}: no event class is of this type and version" for name in old if name not in new]
    )


def write(folder: Path = FOLDER, *, anew: bool = False, made: Callable[[], Documents] = generated) -> list[str]:
    """Write the documents, unless that would break a promise; tell which promises it would break.

    `anew` writes them all the same, and takes away what is no longer published: for what nobody has received yet.
    """
    old, new = written(folder), made()
    promises = [] if anew else broken(old, new)
    if promises:
        return promises
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in new.items():
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        (folder / name).write_text(text, "utf-8")
    for name in old.keys() - new.keys():
        (folder / name).unlink()
    return []


def _git(*arguments: str, folder: Path) -> str:
    try:
        command = ["git", *arguments]
        # the developer's own git, asked from their own check-out
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout  # noqa: S603
    except FileNotFoundError as error:
        raise Misconfigured("git is not there, or docs/events is not") from error
    except subprocess.CalledProcessError as error:
        raise Misconfigured(f"git {arguments[0]}: {error.stderr.strip()}") from error
