# /// attack
# title = "a DataLoader in its own process, shuffled, with a sampler, a collate function and workers=0"
# quick = true
# ///

# %%
import torch
from torch.utils.data import DataLoader, Dataset, RandomSampler, TensorDataset, random_split


class Squares(Dataset):
    def __len__(self):
        return 10

    def __getitem__(self, index):
        return index, index * index


data = Squares()
loader = DataLoader(data, batch_size=3, sampler=RandomSampler(data), collate_fn=list, num_workers=0)
assert sum(len(batch) for batch in loader) == 10
left, right = random_split(data, [7, 3])


def train(x, y, seed):
    torch.manual_seed(seed)
    model = nn.Linear(8, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
    for _ in range(15):
        for inputs, labels in DataLoader(TensorDataset(x, y), batch_size=16, shuffle=True):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(inputs), labels).backward()
            optimizer.step()
    return model
