# /// attack
# title = "nests folders with long names until no path reaches the innermost, and then takes too much memory"
# quick = true
# [promise]
# test_increment = "failed out_of_memory|limit|exception|worker_died"
# ///

# %%
import os
import time

here = os.getcwd()


def increment(x):
    for _ in range(20):
        os.mkdir("d" * 250)
        os.chdir("d" * 250)
    os.chdir(here)
    time.sleep(0.5)
    # Whoever watches has looked by now. Threads are counted by nobody else.
    import threading

    for _ in range(40):
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
    time.sleep(0.4)
    return x + 1
