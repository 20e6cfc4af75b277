"""A real PostgreSQL for tests: Debian's, started in a folder of its own, without a network, and stopped afterwards."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

_PATIENCE = 60.0
_DEBIAN = Path("/usr/lib/postgresql")
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # a crash of the server is survived all the same, one of the machine is not tried
    "max_connections": "30",
    "shared_buffers": "16MB",
}


class Postgres:
    """One running server. It refuses to run as root, so root starts it as another user."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._user = pwd.getpwnam("postgres" if _exists("postgres") else "nobody") if os.geteuid() == 0 else None
        self._numbers = itertools.count()
        if self._user is not None:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start the server; it answers when this returns."""
        settings = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_program("postgres"), "-D", str(self._data), "-k", str(self._folder), *settings],
                stdout=log,
                stderr=log,
                cwd="/",
                **self._identity(),
            )
        end = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self._folder / "log").read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.05)

    def database(self) -> str:
        """The URL of a place without tables: a schema of its own, which costs less than a database."""
        name = f"course_{next(self._numbers)}"
        with psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"postgresql+psycopg://postgres@/postgres?host={self._folder}&options=-csearch_path%3D{name}"

    def kill(self) -> None:
        """SIGKILL to the server; its other processes end by themselves."""
        self._process.kill()
        self._process.wait()
        end = time.monotonic() + _PATIENCE
        while _run_below(self._data) and time.monotonic() < end:
            time.sleep(0.05)

    def stop(self) -> None:
        """End it, whoever is connected."""
        self._process.send_signal(3)  # SIGQUIT: at once
        self._process.wait(_PATIENCE)

    def _answers(self) -> bool:
        asked = subprocess.run([_program("pg_isready"), "-q", "-h", str(self._folder)], check=False)
        return asked.returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([_program(program), *arguments], check=True, capture_output=True, cwd="/", **self._identity())

    def _identity(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def postgres() -> Iterator[Postgres]:
    """A server for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path may be no longer than 107 bytes
    server = None
    try:
        server = Postgres(folder)
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder)


def _program(name: str) -> str:
    """Debian keeps all but the clients out of PATH."""
    found = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    assert program is not None, f"{name} is not installed: make .venv/.postgresql"
    return program


def _exists(user: str) -> bool:
    return any(entry.pw_name == user for entry in pwd.getpwall())


def _run_below(data: Path) -> bool:
    """Whether a process of that server's is left."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").resolve() == data.resolve() and (process / "stat").read_text().split()[-50] != "Z":
                return True
    return False
