# /// attack
# title = "calls torch's softmax by a name put together, through an alias in another cell"
# threat = 46
# [promise]
# test_softmax = "failed forbidden_api"
# ///

# %%
import torch

ready_made = getattr(torch, "soft" + "max")

# %%
class Tools:
    compute = staticmethod(ready_made)


def softmax(x, dim):
    return Tools.compute(x, dim)
