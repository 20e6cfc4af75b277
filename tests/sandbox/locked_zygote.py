"""A small zygote for the tests of the walls, run as a script: it reads one JSON request a line, forks a child that puts
the locks on and runs a snippet, and answers with one JSON line saying what came of it."""

from __future__ import annotations

import ctypes
import errno
import gc
import importlib
import json
import os
import select
import signal
import sys
from typing import Any

from autograder.worker.locks import Locks, Prepared, prepare
from autograder.worker.syscalls import numbers

SECONDS = 30.0
_LIBC = ctypes.CDLL(None, use_errno=True)
_NUMBERS = numbers()


def call(name: str | int, *arguments: Any) -> int:
    """Make a system call by name or number; whole words, so that no high half is undefined."""
    number = name if isinstance(name, int) else _NUMBERS[name]
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = _LIBC.syscall(ctypes.c_long(number), *words)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(name))
    return int(result)


def report(source: str, names: dict[str, Any]) -> dict[str, Any]:
    """Run the snippet; what it left in `answer`, or what it raised."""
    space = {**names, "call": call, "libc": _LIBC, "ctypes": ctypes, "os": os, "errno": errno}
    try:
        exec(source, space)
    except BaseException as error:
        return {
            "raised": [kind.__name__ for kind in type(error).__mro__],
            "errno": errno.errorcode.get(getattr(error, "errno", None) or 0),
            "message": str(error),
        }
    return {"answer": repr(space.get("answer"))}


def child(prepared: Prepared, request: dict[str, Any], out: int) -> None:
    """Lock, run, report, and leave without any clean-up of the zygote's."""
    try:
        if request["locks"] is not None:
            settings: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in request["locks"].items()}
            prepared.apply(Locks(**settings, keep_fds=(out,)))
        if request["chdir"]:
            os.chdir(request["chdir"])
        answer = report(request["source"], request["names"] | {"zygote": os.getppid()})
    except BaseException as error:
        answer = {"unlocked": str(error)}
    os.write(out, json.dumps(answer).encode())
    os._exit(0)


def serve(prepared: Prepared, request: dict[str, Any]) -> dict[str, Any]:
    """Fork one child and wait for it."""
    end, out = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(end)
        child(prepared, request, out)
    os.close(out)
    read = b""
    while True:
        ready, _, _ = select.select([end], [], [], SECONDS)
        piece = os.read(end, 1 << 16) if ready else b""
        if not ready:
            os.kill(pid, signal.SIGKILL)
        if not piece:
            break
        read += piece
    os.close(end)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return {"status": status, **(json.loads(read) if read else {})}


def main() -> None:
    for name in sys.argv[1:]:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    prepared = prepare()
    for line in sys.stdin:
        print(json.dumps(serve(prepared, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
