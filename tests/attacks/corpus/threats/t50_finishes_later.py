# /// attack
# title = "hands out a result at once, and fills it in from a thread after the call"
# threat = 50
# [promise]
# test_increment = "failed wrong_answer"
# test_softmax = "failed wrong_answer|not_finite"
# test_softmax_of_zeros = "failed wrong_answer"
# ///

# %%
import threading
import time

import torch


def later(result, value):
    time.sleep(0.02)
    result.copy_(value)


def increment(x):
    result = torch.zeros_like(x)
    threading.Thread(target=later, args=(result, x + 1)).start()
    return result


def softmax(x, dim):
    result = torch.zeros_like(x)
    powers = (x - x.amax(dim, keepdim=True)).exp()
    threading.Thread(target=later, args=(result, powers / powers.sum(dim, keepdim=True))).start()
    return result
