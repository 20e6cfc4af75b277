# /// attack
# title = "sets flags on every descriptor that it holds: not blocking, appending, signals by input; the zygote may share them"
# [promise]
# "*" = "any"
# ///

# %%
import fcntl
import os

for number in range(256):
    try:
        flags = fcntl.fcntl(number, fcntl.F_GETFL)
    except OSError:
        continue
    for more in (os.O_NONBLOCK, os.O_APPEND, fcntl.FASYNC, os.O_NOATIME):
        try:
            fcntl.fcntl(number, fcntl.F_SETFL, flags | more)
        except OSError:
            pass
    try:
        os.lseek(number, 1 << 40, 0)
    except OSError:
        pass
