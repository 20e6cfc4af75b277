# /// attack
# title = "spins in thirty threads, so that its neighbours get no time of the processor"
# quick = true
# [promise]
# test_increment = "failed timeout|limit"
# ///

# %%
import threading

import torch


def spin():
    x = torch.rand(200, 200)
    while True:
        x = x @ x * 0.01


def increment(x):
    for _ in range(29):
        threading.Thread(target=spin, daemon=True).start()
    spin()
