# /// attack
# title = "lets a storm of timers interrupt every read of its own"
# [promise]
# "*" = "any"
# ///

# %%
import ctypes
import signal

libc = ctypes.CDLL(None, use_errno=True)
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.0002, 0.0002)
made = 0
for _ in range(20_000):
    if libc.timer_create(1, None, ctypes.byref(ctypes.c_void_p())) != 0:
        break
    made += 1
if made >= 20_000:
    raise SystemError("BREACH: twenty thousand timers of the kernel's")
