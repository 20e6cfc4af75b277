# /// attack
# title = "starts and ends threads faster than anybody counts them"
# [promise]
# test_increment = "any"
# ///

# %%
import threading
import time


def increment(x):
    threading.stack_size(32768)
    end = time.monotonic() + 0.7
    while time.monotonic() < end:
        try:
            batch = [threading.Thread(target=int) for _ in range(20)]
            for thread in batch:
                thread.start()
            for thread in batch:
                thread.join()
        except RuntimeError:
            pass
    return x + 1
