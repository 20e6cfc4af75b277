# /// attack
# title = "stops every clock that it can reach, and then takes its time"
# threat = 54
# quick = true
# [promise]
# test_increment = "failed timeout"
# ///

# %%
import signal
import time

now = time.monotonic()
wait = time.sleep
time.monotonic = time.perf_counter = time.time = time.process_time = lambda: now
time.sleep = lambda seconds: None
signal.setitimer(signal.ITIMER_REAL, 0)


def increment(x):
    wait(2)
    return x + 1
