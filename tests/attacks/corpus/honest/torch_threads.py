# /// attack
# title = "torch with several threads"
# ///

# %%
import torch

torch.set_num_threads(2)
big = torch.randn(600, 600)
assert torch.isfinite(big @ big).all()

# %%
model = nn.Sequential(nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
inputs, labels = torch.randn(500, 200), torch.randint(0, 10, (500,))
for _ in range(5):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(inputs), labels).backward()
    optimizer.step()
