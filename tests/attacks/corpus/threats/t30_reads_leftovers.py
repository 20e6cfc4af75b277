# /// attack
# title = "looks for what other submissions have left, in every place that it can read"
# threat = 30
# ///

# %%
import os
import tempfile

mine = sorted(os.listdir("."))
if [name for name in mine if "left-by" in name]:
    raise SystemError(f"BREACH: found {mine}")
if [name for name in os.listdir(tempfile.gettempdir()) if "left-by" in name]:
    raise SystemError("BREACH: found leftovers in the folder for temporary files")

# %%
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "@SCRATCH@", "@SUBMISSIONS@", "..", os.path.expanduser("~/..")):
    for name in ("", "/left-by-another"):
        try:
            found = os.listdir(folder) if not name else open(folder + name).read()
        except OSError:
            continue
        raise SystemError(f"BREACH: {folder}{name}: {found[:3]}")

# %%
from multiprocessing import shared_memory

try:
    shared_memory.SharedMemory("left-by-another")
except OSError:
    pass
else:
    raise SystemError("BREACH: found shared memory")
