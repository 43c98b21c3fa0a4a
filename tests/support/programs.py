"""Server programs of this machine, run as private instances: own folder, own ports, own user, ended with the tests."""

from __future__ import annotations

import atexit
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Process = subprocess.Popen[bytes]


class NotThere(Exception):
    """A server that tests could run on is not on this machine, or does not start."""


def program(name: str, *folders: str) -> Path:
    """Find a program in folders (patterns; the highest version first), else in PATH; raise NotThere."""
    for pattern in folders:
        for found in sorted(Path("/").glob(f"{pattern.lstrip('/')}/{name}"), key=_version, reverse=True):
            if os.access(found, os.X_OK):
                return found
    on_path = shutil.which(name)
    if on_path is None:
        raise NotThere(f"there is no program {name}")
    return Path(on_path)


def _version(path: Path) -> list[int]:
    return [int(part) for part in str(path).replace(".", "/").split("/") if part.isdigit()]


class Account:
    """The user as whom servers run: ourselves, but never root, which PostgreSQL refuses."""

    def __init__(self, *preferred: str) -> None:
        self.entry: pwd.struct_passwd | None = None
        if os.geteuid() == 0:
            known = {entry.pw_name: entry for entry in pwd.getpwall()}
            self.entry = next((known[name] for name in (*preferred, "nobody") if name in known), None)
            if self.entry is None:
                raise NotThere("as root there must be a user to run a server as: " + ", ".join(preferred))

    def folder(self, prefix: str) -> Path:
        """Make a temporary folder that belongs to this user; it goes when the tests end."""
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))  # short: it holds sockets
        self.give(folder)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def give(self, path: Path) -> None:
        """Make a file or folder this user's own."""
        if self.entry is not None:
            os.chown(path, self.entry.pw_uid, self.entry.pw_gid)

    def start(self, arguments: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> Process:
        """Start a program as this user, with a small environment."""
        clean = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment}
        return start(arguments, clean, log, folder=Path("/tmp"), account=self.entry)

    def run(self, arguments: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
        """Run a program as this user to its end; raise NotThere with what it said if it fails."""
        done = subprocess.run(
            [str(argument) for argument in arguments],
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **(environment or {})},
            cwd="/tmp",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **_identity(self.entry),
        )
        if done.returncode != 0:
            raise NotThere(f"{arguments[0]} failed: {done.stderr.strip() or done.stdout.strip()}")


def start(
    arguments: Sequence[str | Path],
    environment: Mapping[str, str],
    log: Path,
    *,
    folder: Path,
    account: pwd.struct_passwd | None = None,
) -> Process:
    """Start a program in a process group of its own, that dies with these tests; what it says goes to the log."""
    with log.open("ab") as output:
        started: Process = subprocess.Popen(
            [str(argument) for argument in arguments],
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (no threads here)
            **_identity(account),
        )
    atexit.register(end, started, signal.SIGKILL)
    return started


def _identity(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def end(process: Process, how: signal.Signals, *, patience: float = 15) -> None:
    """Send a signal to a process group that `start` began and wait for its end; kill what does not go."""
    if process.poll() is not None:
        return
    try:
        os.killpg(process.pid, how)
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(patience)
    except ProcessLookupError:
        process.wait(patience)


def _die_with_parent() -> None:
    # a killed test run cannot clean up: Linux then ends the servers for it
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
