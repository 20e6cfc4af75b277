"""What a worker may read: this Python, its packages, our code for workers, and what libraries look up in the system."""

from __future__ import annotations

import os
import sysconfig

_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/fonts",
    "/usr/share/zoneinfo",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
    "/etc/mime.types",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
)


def named() -> tuple[str, ...]:
    """Files and folders that exist, by the names under which they are looked for."""
    paths = sysconfig.get_paths()
    ours = {paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    library = sysconfig.get_config_var("LIBDIR")
    if library and library not in ("/usr/lib", "/lib"):
        ours.add(library)
    tree = __file__.rsplit("/", 3)[0]
    return tuple(sorted(path for path in {*ours, tree, *_SYSTEM} if os.path.exists(path)))  # noqa: PTH110


def readable() -> tuple[str, ...]:
    """The same with links resolved, as Landlock wants them; what lies inside another of them is left out."""
    found = {os.path.realpath(path) for path in named()}
    return tuple(sorted(path for path in found if not any(path.startswith(f"{other}/") for other in found)))
