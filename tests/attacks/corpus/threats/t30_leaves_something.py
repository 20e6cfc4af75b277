# /// attack
# title = "leaves files, shared memory and semaphores for the next submission, in every place that it can write to"
# threat = 30
# quick = true
# ///

# %%
import os
import tempfile

with open(os.path.join(tempfile.gettempdir(), "left-by-another"), "w") as file:
    file.write("the inputs that I saw")
os.makedirs("left-by-another-too/deep")
os.chmod("left-by-another-too", 0)

# %%
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/run/lock", "@SCRATCH@", "@SUBMISSIONS@", ".."):
    try:
        with open(f"{folder}/left-by-another", "w") as file:
            file.write("the inputs that I saw")
    except OSError:
        continue
    raise SystemError(f"BREACH: left a file in {folder}")

# %%
from multiprocessing import shared_memory

try:
    shared_memory.SharedMemory("left-by-another", create=True, size=100)
except OSError:
    pass
else:
    raise SystemError("BREACH: left shared memory")

# %%
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for name in ("shmget", "semget", "msgget"):
    arguments = {"shmget": (0x1EF7, 100, 0o1666), "semget": (0x1EF7, 1, 0o1666), "msgget": (0x1EF7, 0o1666)}[name]
    if getattr(libc, name)(*arguments) >= 0:
        raise SystemError(f"BREACH: left something by {name}")
