"""A correct set of answers: attributes for layers, indexing for gather, one-hot for labels, other names."""
# fails: nothing

import math
import torch
import torch.nn.functional as F
from torch import nn


def softmax(scores, axis=None, dim=None):
    axis = dim if axis is None else axis
    top, _ = scores.max(dim=axis, keepdim=True)
    weights = torch.exp(scores - top.detach())
    return weights / torch.sum(weights, dim=axis, keepdim=True)


def logsumexp(x, dim):
    m = x.max(dim=dim).values
    return m + torch.log(torch.sum(torch.exp(x - m.unsqueeze(dim)), dim=dim))


def log_softmax(x, dim):
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()


def cross_entropy(logits, y, reduction="mean"):
    reduce = {"none": lambda v: v, "sum": torch.sum, "mean": torch.mean}
    if reduction not in reduce:
        raise ValueError("no such reduction")
    return reduce[reduction](-log_softmax(logits, 1)[range(len(y)), y])


def notes_loss_bounds():
    return (-1, 0)


def mended_loss(logits, y):
    return F.cross_entropy(logits, y)


def accuracy_sum(logits, labels):
    return logits.max(dim=1).indices.eq(labels).sum()


def finite_slopes(W, x, y, D, eps):
    answers = []
    with torch.no_grad():
        for measure in (lambda s: (s.argmax(1) == y).double().mean(), lambda s: cross_entropy(s, y)):
            rise = measure(x @ (W + eps * D)) - measure(x @ (W - eps * D))
            answers.append(rise.item() / (2 * eps))
    return tuple(answers)


def autograd_gradients(W, x, y):
    free = W.clone().detach()
    free.requires_grad = True
    F.cross_entropy(x @ free, y).backward()
    return None, free.grad


def sigmoid_from_softmax(z):
    pair = torch.cat([torch.zeros_like(z)[..., None], z[..., None]], dim=-1)
    return softmax(pair, dim=-1)[..., 1]


def bce_with_logits(z, t):
    return (F.softplus(z) - z * t).mean()


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.output = nn.Linear(n_hidden, n_out)
        self.hidden = nn.Linear(n_in, n_hidden)

    def forward(self, x):
        return self.output(F.relu(self.hidden(x)))


def train_epoch(model, loader, opt):
    model.train()
    losses, hits = [], []
    for xb, yb in loader:
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        loss.backward()
        opt.step()
        opt.zero_grad()
        losses += [loss.item()] * len(yb)
        hits += (scores.argmax(axis=1) == yb).tolist()
    return sum(losses) / len(losses), sum(hits) / len(hits)


def expected_initial_loss(n_classes):
    return -math.log(1 / n_classes)


@torch.no_grad()
def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    gap = F.cross_entropy(model(x), y) - math.log(n_classes)
    return bool(gap.abs() <= tolerance)


def train(x, y, seed):
    torch.manual_seed(seed)
    data = torch.utils.data.TensorDataset(x, y)
    loader = torch.utils.data.DataLoader(data, batch_size=32, shuffle=True)
    model = MLP(64, 48, 10)
    opt = torch.optim.Adam(model.parameters(), lr=0.003)
    return model, [train_epoch(model, loader, opt)[0] for _ in range(30)]
