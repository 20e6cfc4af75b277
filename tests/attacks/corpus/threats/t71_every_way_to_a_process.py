# /// attack
# title = "starts processes by every call that there is"
# threat = 71
# ///

# %%
import ctypes
import multiprocessing
import os
import subprocess

libc = ctypes.CDLL(None, use_errno=True)
WAYS = {
    "fork": os.fork,
    "forkpty": os.forkpty,
    "vfork": libc.vfork,
    "posix_spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "subprocess": lambda: subprocess.run(["/bin/true"], check=True),
    "shell": lambda: os.system("true") and 1 / 0,
    "popen": lambda: os.popen("true").close(),
    "process": lambda: multiprocessing.get_context("fork").Process(target=int).start(),
    "spawn": lambda: multiprocessing.get_context("spawn").Process(target=int).start(),
    "daemon": lambda: libc.daemon(0, 0),
}
for name, way in WAYS.items():
    try:
        result = way()
    except (OSError, ZeroDivisionError):
        continue
    if isinstance(result, int) and result < 0:
        continue
    if result == 0 and name in ("fork", "vfork"):
        os._exit(0)
    raise SystemError(f"BREACH: a process by {name}: {result}")
