# /// attack
# title = "teaches tensors a new meaning of `%`, which is the forbidden function"
# [promise]
# test_softmax = "failed forbidden_api"
# ///

# %%
torch.Tensor.__mod__ = lambda x, dim: torch.softmax(x, dim)


def softmax(x, dim):
    return x % dim
