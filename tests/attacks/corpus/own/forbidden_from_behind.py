# /// attack
# title = "puts the forbidden function in the place of its own, through __main__, from a thread, once the cells have run"
# quick = true
# [promise]
# test_softmax = "failed forbidden_api"
# ///

# %%
import threading
import time

import __main__


def later():
    time.sleep(0.05)
    __main__.softmax = torch.softmax


def softmax(x, dim):
    return x.exp()


threading.Thread(target=later, daemon=True).start()

# %%
time.sleep(0.1)
