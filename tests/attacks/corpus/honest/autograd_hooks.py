# /// attack
# title = "hooks of autograd and modules, a custom Function, double backward, checkpointing"
# ///

# %%
import torch
from torch.utils.checkpoint import checkpoint


class Softmax(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z, y):
        p = (z - z.amax(1, keepdim=True)).exp()
        p = p / p.sum(1, keepdim=True)
        ctx.save_for_backward(p, y)
        return -p[torch.arange(len(y)), y].log().mean()

    @staticmethod
    def backward(ctx, grad):
        p, y = ctx.saved_tensors
        hot = torch.zeros_like(p).scatter_(1, y[:, None], 1)
        return grad * (p - hot) / len(y), None


def cross_entropy(logits, y):
    return Softmax.apply(logits, y)


seen = []
layer = torch.nn.Linear(2, 2)
layer.register_forward_hook(lambda module, inputs, output: seen.append("forward"))
layer.register_full_backward_hook(lambda module, inputs, outputs: seen.append("backward"))
layer.weight.register_hook(lambda grad: seen.append("weight"))
checkpoint(layer, torch.ones(1, 2, requires_grad=True), use_reentrant=False).sum().backward()
assert {"forward", "backward", "weight"} <= set(seen)
x = torch.tensor(2.0, requires_grad=True)
(first,) = torch.autograd.grad(x**3, x, create_graph=True)
(second,) = torch.autograd.grad(first, x)
assert second == 12


class Net(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.layer = nn.Linear(n_in, n_out)
        self.layer.register_forward_hook(lambda module, inputs, output: output)
        self.outputs = []

    def forward(self, x):
        self.outputs.append(x.shape)
        return torch.tanh(self.layer(x))
