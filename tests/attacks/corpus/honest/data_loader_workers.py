# /// attack
# title = "a DataLoader that asks for two worker processes, and is told to do without"
# ///

# %%
import torch
from torch.utils.data import DataLoader, TensorDataset

data = TensorDataset(torch.arange(10))
loader = DataLoader(data, batch_size=3, num_workers=2, persistent_workers=True, prefetch_factor=2)
assert sum(len(batch[0]) for batch in loader) == 10


def train(x, y, seed):
    torch.manual_seed(seed)
    model = nn.Linear(8, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
    for _ in range(15):
        for inputs, labels in DataLoader(TensorDataset(x, y), batch_size=16, shuffle=True, num_workers=2):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(inputs), labels).backward()
            optimizer.step()
    return model
