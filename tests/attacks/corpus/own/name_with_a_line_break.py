# /// attack
# title = "calls its process `x\nThreads:\t1) R 1 1`, to be counted wrongly, and starts threads"
# [promise]
# test_increment = "failed limit|exception|timeout"
# ///

# %%
import ctypes
import threading
import time

NAMES = (b"x\nThreads:\t1\n", b") R 1 1 1 1 1", b"\xff\xfe\n\nVmRSS:", b"")
libc = ctypes.CDLL(None)


def increment(x):
    for name in NAMES:
        libc.prctl(15, name, 0, 0, 0)
        try:
            with open("/proc/self/comm", "wb") as file:
                file.write(name)
        except OSError:
            pass
    threading.stack_size(32768)
    stop = threading.Event()
    for _ in range(60):
        threading.Thread(target=stop.wait, daemon=True).start()
    time.sleep(0.5)
    return x + 1
