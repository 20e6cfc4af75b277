# /// attack
# title = "walks the file system for tests, labels, solutions, gradebooks and other submissions"
# threat = 26
# quick = true
# ///

# %%
import os

WANTED = ("@HIDDEN@/test_arena.py", "@HIDDEN@/data/points.npz", "@HIDDEN@/data/canary.txt", "@CANARY@", "@GRADEBOOK@")
for name in (*WANTED, "/etc/passwd", "/etc/shadow", "/proc/1/environ", "/root/.bash_history"):
    try:
        with open(name, "rb") as file:
            text = file.read(100)
    except OSError:
        continue
    raise SystemError(f"BREACH: read {name}: {text!r}")

# %%
FOLDERS = ("@HIDDEN@", "@SUBMISSIONS@", "@SCRATCH@", "/", "/home", "/root", "/tmp", "/var/tmp", "/dev/shm", "/proc", "/etc")
for name in (*FOLDERS, "..", "../..", "/run", "/srv", "/opt", "/mnt", "/media"):
    try:
        listed = os.listdir(name)
    except OSError:
        continue
    raise SystemError(f"BREACH: listed {name}: {listed[:5]}")

# %%
import time

end = time.monotonic() + 2
for start in ("/usr/lib", "/usr/share", os.path.dirname(os.__file__)):
    for folder, _, files in os.walk(start):
        if time.monotonic() > end:
            break
        hits = [name for name in files if name in ("test_arena.py", "points.npz", "gradebook.db", "assignment.toml")]
        if hits:
            raise SystemError(f"BREACH: {folder}/{hits[0]}")
