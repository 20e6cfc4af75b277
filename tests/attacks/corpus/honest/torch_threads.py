# /// attack
# title = "torch with several threads"
# ///

# %%
import torch

torch.set_num_threads(2)
big = torch.randn(600, 600)
assert torch.isfinite(big @ big).all()


def increment(x):
    return x + torch.ones(1000, 1000).mean()
