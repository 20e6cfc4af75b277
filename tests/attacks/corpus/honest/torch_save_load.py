# /// attack
# title = "torch.save and torch.load of states, checkpoints and whole modules"
# quick = true
# ///

# %%
import torch

layer = torch.nn.Linear(3, 2)
torch.save({"model": layer.state_dict(), "epoch": 3}, "checkpoint.pt")
again = torch.load("checkpoint.pt", weights_only=True)
assert torch.equal(again["model"]["weight"], layer.weight)
torch.save(layer, "layer.pt")
assert torch.equal(torch.load("layer.pt", weights_only=False).bias, layer.bias)


def train(x, y, seed):
    torch.manual_seed(seed)
    model = nn.Linear(8, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for step in range(40):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        torch.save(model.state_dict(), "best.pt")
    model.load_state_dict(torch.load("best.pt"))
    return model
