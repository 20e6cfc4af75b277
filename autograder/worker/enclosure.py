"""A file system of the zygote's own, in which nothing exists but what workers may read and their folders; no network.

For zygotes of root's on this machine; a container has such a view already. Landlock and the own user id keep other
files from being opened; here their names, sizes and times are out of sight as well, and an interpreter in somebody's
private home can be read by workers who are somebody else.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

_NEW_MOUNTS, _NEW_HOST_NAME, _NEW_IPC, _NEW_NETWORK = 0x20000, 0x4000000, 0x8000000, 0x40000000
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT = 1, 2, 4, 8, 32
_BIND, _RECURSIVE, _PRIVATE = 4096, 16384, 1 << 18
_DETACH = 2
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_TREES = ("/proc", "/sys")
_DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")


def enclose(root: str, read: Iterable[str], write: str, devices: Iterable[str] = ()) -> None:
    """Leave this machine's file system for one made of the given paths, under their own names.

    Args:
        root: an empty folder, which becomes "/".
        read: files and folders to keep, read-only. What does not exist is left out.
        write: the folder of the workers' folders.
        devices: further device files.

    Raises:
        OSError: a step was refused. The process is then of no use any more.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    _done(libc.unshare(_NEW_MOUNTS | _NEW_HOST_NAME | _NEW_IPC | _NEW_NETWORK), "new namespaces")
    _mount(libc, None, "/", _RECURSIVE | _PRIVATE)
    _mount(libc, "tmpfs", root, _NOSUID | _NODEV, "tmpfs", "mode=755,size=16m")
    for path in (*_TREES, *_DEVICES, *devices):
        _bind(libc, path, root)
    for path in read:
        for name in sorted({path, os.path.realpath(path)}):
            _bind(libc, name, root)
            _mount(libc, None, root + name, _BIND | _REMOUNT | _RDONLY | _NOSUID | _NODEV)
    _bind(libc, write, root)
    _mount(libc, None, root + write, _BIND | _REMOUNT | _NOSUID | _NODEV | _NOEXEC)
    os.chdir(root)
    _done(libc.syscall(_PIVOT_ROOT[os.uname().machine], b".", b"."), "a new root")
    _done(libc.umount2(b".", _DETACH), "the old root")
    os.chdir("/")
    for folder in ("/tmp", os.environ["HOME"]):  # noqa: S108 (the zygote's own: workers have their folders)
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def _bind(libc: ctypes.CDLL, path: str, root: str) -> None:
    """Show `path` below `root` under the same name."""
    try:
        is_folder = stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116
    except OSError:
        return
    target = root + path
    if is_folder:
        os.makedirs(target, 0o755, exist_ok=True)  # noqa: PTH103
    else:
        os.makedirs(os.path.dirname(target), 0o755, exist_ok=True)  # noqa: PTH103, PTH120
        os.close(os.open(target, os.O_CREAT | os.O_CLOEXEC, 0o444))
    _mount(libc, path, target, _BIND | _RECURSIVE)


def _mount(
    libc: ctypes.CDLL, source: str | None, target: str, flags: int, kind: str | None = None, options: str | None = None
) -> None:
    arguments = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    _done(libc.mount(*arguments, ctypes.c_ulong(flags), None if options is None else options.encode()), target)


def _done(result: int, what: str) -> None:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"the enclosure was refused: {os.strerror(code)}", what)
