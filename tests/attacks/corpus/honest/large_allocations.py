# /// attack
# title = "a hundred and fifty megabytes, several times, within the limit"
# quick = true
# ///

# %%
import numpy as np
import torch

for _ in range(3):
    block = torch.ones(40_000_000)
    assert block[-1] == 1
    del block
array = np.zeros(15_000_000)
array[:] = 1
del array


def train(x, y, seed):
    hoard = torch.ones(30_000_000)
    torch.manual_seed(seed)
    model = nn.Linear(8, 3)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for _ in range(60):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    assert hoard.sum() == 30_000_000
    return model
