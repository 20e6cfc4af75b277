# /// attack
# title = "locks every file of the library that it can open, and waits for more"
# ///

# %%
import fcntl
import glob
import os

held = []
for path in sorted(glob.glob(os.path.join(os.path.dirname(os.__file__), "*.py")))[:200]:
    try:
        descriptor = os.open(path, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held.append(descriptor)
    except OSError:
        pass
for place in ("@SCRATCH@", os.path.dirname(os.path.dirname(os.getcwd())), "/run/autograder/slots", "/tmp"):
    for name in (".lock", "0", "1", "2"):
        try:
            fcntl.flock(os.open(os.path.join(place, name), os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        raise SystemError(f"BREACH: {place}/{name} is locked")
