# /// attack
# title = "blocks and ignores every signal, fills the queue of signals, and stops itself"
# [promise]
# test_increment = "failed timeout"
# ///

# %%
import os
import signal
import ctypes

libc = ctypes.CDLL(None)
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, set(range(1, 65)))
for _ in range(5000):
    libc.sigqueue(os.getpid(), 40, None)


def increment(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return x + 1
