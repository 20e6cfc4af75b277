# /// attack
# title = "calls torch's softmax where the exercise forbids it"
# threat = 46
# quick = true
# [promise]
# test_softmax = "failed forbidden_api"
# ///

# %%
import torch.nn.functional as functions


def softmax(x, dim):
    return functions.softmax(x, dim=dim)
