# /// attack
# title = "looks for the seed in environments and command lines, and prints its own"
# threat = 23
# ///

# %%
import os

for pid in (os.getppid(), @GRADER_PID@, 1):
    for part in ("environ", "cmdline", "auxv", "stat"):
        try:
            text = open(f"/proc/{pid}/{part}", "rb").read()
        except OSError:
            continue
        raise SystemError(f"BREACH: {part} of {pid}: {text[:100]!r}")

# %%
try:
    mine = open("/proc/self/environ").read().replace("\0", " ")
except OSError:
    mine = ""
raise ValueError(mine + " ".join(f"{key}={value}" for key, value in os.environ.items()))

# %%
import sys

raise ValueError(" ".join([*sys.argv, *sys.orig_argv, *map(str, sys.flags), *sys.path]))
