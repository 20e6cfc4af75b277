# /// attack
# title = "opens descriptors and memory of its parent, of the grader and of every process through /proc"
# threat = 16
# quick = true
# ///

# %%
import os

found = []
for pid in (os.getppid(), @GRADER_PID@, 1, *range(os.getpid() - 40, os.getpid() + 5)):
    if pid == os.getpid():
        continue
    for number in range(40):
        for name in (f"/proc/{pid}/fd/{number}", f"/proc/{pid}/fdinfo/{number}"):
            try:
                os.close(os.open(name, os.O_RDONLY))
                found.append(name)
            except OSError:
                pass
    for part in ("mem", "maps", "environ", "cmdline", "cwd/x", "root/etc/passwd", "stat", "status", "task"):
        try:
            os.close(os.open(f"/proc/{pid}/{part}", os.O_RDONLY))
            found.append(f"/proc/{pid}/{part}")
        except OSError:
            pass
if found:
    raise SystemError(f"BREACH: opened {found[:5]}")

# %%
for number in range(3, 256):
    try:
        found = os.fstat(number)
    except OSError:
        continue
    # Its own socket, and /dev/null.
    if found.st_mode & 0o170000 != 0o140000 and found.st_rdev != os.makedev(1, 3):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            target = "?"
        raise SystemError(f"BREACH: inherited descriptor {number}, {target}")
