# /// attack
# title = "starts threads without end"
# threat = 71
# [promise]
# test_increment = "failed exception|limit|timeout|out_of_memory"
# ///

# %%
import threading


def increment(x):
    stop = threading.Event()
    while True:
        threading.Thread(target=stop.wait, daemon=True).start()
