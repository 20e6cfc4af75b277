# /// attack
# title = "takes a lease on files of the library, so that whoever opens them waits, and asks for news of a folder"
# quick = true
# ///

# %%
import fcntl
import os
import signal

signal.signal(signal.SIGIO, signal.SIG_IGN)
folder = os.path.dirname(os.__file__)
taken = []
for name in ("turtle.py", "imaplib.py", "sndhdr.py", "wave.py", "cgitb.py"):
    try:
        descriptor = os.open(os.path.join(folder, name), os.O_RDONLY)
    except OSError:
        continue
    for kind in (fcntl.F_WRLCK, fcntl.F_RDLCK):
        try:
            fcntl.fcntl(descriptor, 1024, kind)  # F_SETLEASE
            taken.append(f"a lease on {name}")
        except OSError:
            pass
try:
    fcntl.fcntl(os.open(folder, os.O_RDONLY), 1026, 0x3F)  # F_NOTIFY
    taken.append("news of the library's folder")
except OSError:
    pass
own = os.open("mine", os.O_CREAT | os.O_RDWR)
try:
    fcntl.fcntl(own, 1024, fcntl.F_WRLCK)
    taken.append("a lease on a file of its own, which the grader counts and removes")
except OSError:
    pass
if taken:
    raise SystemError("BREACH: " + ", ".join(taken))
