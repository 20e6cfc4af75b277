"""Runs inside a container beside its zygote, with none of a worker's locks on, and prints what the container allows."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from pathlib import Path
from typing import Any


def main() -> None:
    """One JSON object."""
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":\t" in line)
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    print(
        json.dumps(
            {
                "uid": os.getuid(),
                "capabilities": int(status["CapEff"], 16),
                "bounding": int(status["CapBnd"], 16),
                "no_new_privileges": status["NoNewPrivs"],
                "seccomp": status["Seccomp"],
                "interfaces": [name for _, name in socket.if_nameindex()],
                "network": _reaches_out(),
                "writable": [
                    folder
                    for folder in ("/", "/etc", "/usr/bin", "/opt/worker", "/autograder", "/autograder/tree", "/root")
                    if _can_write(folder)
                ],
                "shared_memory": Path("/dev/shm").exists(),
                "tmp": next(mount[3].split(",") for mount in mounts if mount[1] == "/tmp"),
                "tmp_holds": _bytes_that_fit("/tmp/filler"),
                "host_mounts": sorted(mount[1] for mount in mounts if mount[1].startswith("/autograder")),
                "processes": sorted(int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())[:1],
                "environment": sorted(os.environ),
                "autograder": [str(path) for path in Path("/opt/worker").rglob("autograder*")],
            }
        )
    )


def _reaches_out() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        try:
            out.connect(("192.0.2.1", 53))
        except OSError:
            return False
        return True


def _can_write(folder: str) -> bool:
    try:
        Path(folder, "written-by-a-test").write_text("x")
    except OSError:
        return False
    return True


def _bytes_that_fit(name: str) -> int:
    fitting: dict[str, Any] = {"bytes": 0}
    with contextlib.suppress(OSError), Path(name).open("wb", buffering=0) as filler:
        while fitting["bytes"] < 1 << 28:
            fitting["bytes"] += filler.write(bytes(1 << 20))
    Path(name).unlink()
    return int(fitting["bytes"])


if __name__ == "__main__":
    main()
