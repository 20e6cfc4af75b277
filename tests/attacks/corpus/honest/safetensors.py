# /// attack
# title = "safetensors: saves and loads weights"
# needs = ["safetensors"]
# ///

# %%
import torch
from safetensors.torch import load_file, save_file

layer = torch.nn.Linear(3, 2)
save_file({key: value.contiguous() for key, value in layer.state_dict().items()}, "layer.safetensors")
assert torch.equal(load_file("layer.safetensors")["weight"], layer.weight)


def train(x, y, seed):
    torch.manual_seed(seed)
    model = nn.Linear(8, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(40):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    save_file(model.state_dict(), "best.safetensors")
    model = nn.Linear(8, 3)
    model.load_state_dict(load_file("best.safetensors"))
    return model
