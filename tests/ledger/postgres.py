"""
A PostgreSQL of the tests' own: made in a temporary folder, reached over a socket, gone afterwards.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """
    Return the folder of the newest PostgreSQL server that is installed.
    """
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: float(one.parts[-3]), reverse=True
    )
    return folders[0].parent if folders else None


def owner() -> str | None:
    """
    Return who may run the server: PostgreSQL refuses to run as root.
    """
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name
    known = {one.pw_name for one in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


@contextmanager
def running() -> Iterator[Path]:
    """
    Give the folder of the socket of a running server.
    """
    bin_folder, name = programs(), owner()
    assert bin_folder is not None
    assert name is not None
    # Not below pytest's folder: its path may be longer than a socket's may be, and closed to the server's owner.
    folder = Path(tempfile.mkdtemp(prefix="laborscreen-pg-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, name)
        user = name if os.getuid() == 0 else None
        data = folder / "data"

        def call(program: str, *arguments: str) -> None:
            told = [str(bin_folder / program), *arguments]
            done = subprocess.run(told, user=user, cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr

        call(
            "initdb", "-D", str(data), "-U", "ledger", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"
        )
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=40"
        log = str(folder / "log")
        call("pg_ctl", "-D", str(data), "-w", "-t", "60", "-l", log, "-o", settings, "start")
        try:
            yield folder
        finally:
            call("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
