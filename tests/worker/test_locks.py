"""What the locks leave of a process, seen from inside and from outside."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

ROOT = str(Path(__file__).parents[2])
HEAD = """
import ctypes, dataclasses, os, sys, threading
from autograder.worker.locks import Locks, hide, prepare
prepared = prepare()
locks = Locks(read=(), write=(sys.argv[1],), memory_bytes=64 << 20, file_bytes=1 << 20, open_files=32,
              cpu_seconds=CPU, keep_fds=(1,))
read, write = os.pipe()
pid = os.fork()
if pid:
    print(pid, flush=True)
    os.write(write, b"-")
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    sys.exit()
os.read(read, 1)
status = os.open("/proc/self/status", os.O_RDONLY)
"""
"""The zygote prints the child's pid, then how it ended; the child does the rest of the script."""


def start(folder: Path, source: str, cpu_seconds: int = 10) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HEAD.replace("CPU", str(cpu_seconds)) + source, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PYTHONPATH": ROOT},
        text=True,
    )


def said(folder: Path, source: str, cpu_seconds: int = 10) -> str:
    """All that was printed, without the pid."""
    return start(folder, source, cpu_seconds).communicate(timeout=60)[0].partition("\n")[2]


def test_the_kernel_shows_every_lock(tmp_path: Path) -> None:
    text = said(
        tmp_path,
        "prepared.apply(dataclasses.replace(locks, keep_fds=(status,)))\n"
        "print(os.pread(status, 8192, 0).decode(), flush=True); os._exit(0)",
    )
    fields = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
    assert fields["NoNewPrivs"] == "1"
    assert fields["Seccomp"] == "2"
    for name in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
        assert int(fields[name], 16) == 0, name
    if os.geteuid() == 0:
        assert int(fields["CapBnd"], 16) == 0


def test_descriptors_that_are_not_kept_are_closed(tmp_path: Path) -> None:
    text = said(
        tmp_path,
        "prepared.apply(locks)\n"
        "open_ones = []\n"
        "for descriptor in range(200):\n"
        "    try: os.fstat(descriptor); open_ones.append(descriptor)\n"
        "    except OSError: pass\n"
        "print(open_ones, flush=True); os._exit(0)",
    )
    assert text.splitlines() == ["[0, 1, 2]", "0"]


def test_two_threads_cannot_be_locked(tmp_path: Path) -> None:
    text = said(
        tmp_path,
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "try: prepared.apply(locks)\n"
        "except RuntimeError as error: print(error, flush=True)\n"
        "os._exit(0)",
    )
    assert "2 threads" in text


def test_an_orphan_refuses_to_run(tmp_path: Path) -> None:
    text = said(
        tmp_path,
        "stranger = prepare()\n"
        "try: stranger.apply(locks)\n"
        "except RuntimeError as error: print(error, flush=True)\n"
        "os._exit(0)",
    )
    assert "the zygote is gone" in text


def test_a_worker_dies_with_its_zygote(tmp_path: Path) -> None:
    zygote = start(tmp_path, "import time\nprepared.apply(locks)\nprint('locked', flush=True); time.sleep(60)")
    assert zygote.stdout is not None
    pid = int(zygote.stdout.readline())
    assert zygote.stdout.readline() == "locked\n"
    worker = os.pidfd_open(pid)
    zygote.kill()
    ended, _, _ = select.select([worker], [], [], 30)
    assert ended == [worker]
    os.close(worker)
    zygote.communicate()


def test_cpu_time_ends_a_worker_that_ignores_the_warning(tmp_path: Path) -> None:
    stubborn = "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nprepared.apply(locks)\nwhile True: pass"
    assert said(tmp_path, stubborn, cpu_seconds=1).strip() == str(-signal.SIGKILL)
    assert said(tmp_path, "prepared.apply(locks)\nwhile True: pass", 1).strip() == str(-signal.SIGXCPU)


def test_neither_a_worker_nor_a_hidden_zygote_can_be_read_by_others(tmp_path: Path) -> None:
    is_dumpable = "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)\n"
    text = said(tmp_path, f"{is_dumpable}hide()\n{is_dumpable}os._exit(0)")
    assert text.split() == ["1", "0", "0"]
    text = said(tmp_path, f"prepared.apply(locks)\n{is_dumpable}os._exit(0)")
    assert text.split() == ["0", "0"]
