"""A correct set of answers: rows one by one, einsum, parameters made by hand, gradients cleared by hand, a generator
of its own."""
# fails: nothing

import math
import torch
import torch.nn.functional as F
from torch import nn


def softmax(x, dim):
    rows = x.movedim(dim, -1)
    flat = rows.reshape(-1, rows.shape[-1])
    done = []
    for row in flat:
        e = torch.exp(row - row.max())
        done.append(e / e.sum())
    return torch.stack(done).reshape(rows.shape).movedim(-1, dim)


def logsumexp(x, dim):
    total, *others = x.unbind(dim)
    for other in others:
        high, low = torch.maximum(total, other), torch.minimum(total, other)
        safe = torch.where(high == -torch.inf, torch.zeros_like(high), high)
        total = high + torch.log1p(torch.exp(low - safe))
    return total


def log_softmax(x, dim):
    return x - torch.stack([logsumexp(x, dim)] * x.shape[dim], dim=dim)


def cross_entropy(logits, y, reduction="mean"):
    losses = torch.stack([torch.logsumexp(row, 0) - row[int(label)] for row, label in zip(logits, y)])
    match reduction:
        case "none":
            return losses
        case "sum":
            return losses.sum()
        case "mean":
            return losses.sum() / len(y)
    raise ValueError(reduction)


def notes_loss_bounds():
    return [-1.0, 0.0]


def mended_loss(logits, y):
    log_probs = logits - logits.logsumexp(dim=1, keepdim=True)
    return -log_probs.gather(1, y[:, None]).mean()


def accuracy_sum(logits, labels):
    count = 0
    for row, label in zip(logits, labels):
        count += int(row.argmax()) == int(label)
    return torch.tensor(count)


def finite_slopes(W, x, y, D, eps):
    W = W.detach()
    scores = [torch.einsum("bf,fc->bc", x, W + sign * eps * D) for sign in (1, -1)]
    acc = [int(accuracy_sum(s, y)) / len(y) for s in scores]
    loss = [float(cross_entropy(s, y)) for s in scores]
    return (acc[0] - acc[1]) / eps / 2, (loss[0] - loss[1]) / eps / 2


def autograd_gradients(W, x, y):
    p = torch.softmax(x @ W.detach(), 1)
    p[torch.arange(len(y)), y] -= 1
    return None, torch.einsum("bf,bc->fc", x, p) / len(y)


def sigmoid_from_softmax(z):
    return torch.softmax(torch.stack((torch.zeros_like(z), z)), dim=0)[1]


def bce_with_logits(z, t):
    pair = torch.stack([torch.zeros_like(z), z], dim=-1)
    log_p = torch.log_softmax(pair, dim=-1)
    return -(t * log_p[..., 1] + (1 - t) * log_p[..., 0]).sum() / z.numel()


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.W1 = nn.Parameter(torch.randn(n_in, n_hidden) * (2 / n_in) ** 0.5)
        self.b1 = nn.Parameter(torch.zeros(n_hidden))
        self.W2 = nn.Parameter(torch.randn(n_hidden, n_out) / n_hidden**0.5)
        self.b2 = nn.Parameter(torch.zeros(n_out))

    def forward(self, x):
        hidden = torch.clamp(torch.einsum("bi,ih->bh", x, self.W1) + self.b1, min=0)
        return torch.einsum("bh,ho->bo", hidden, self.W2) + self.b2


def train_epoch(model, loader, opt):
    model.train(True)
    seen, loss_sum, right = 0, 0.0, 0
    for xb, yb in loader:
        for group in opt.param_groups:
            for p in group["params"]:
                p.grad = None
        out = model(xb)
        total = F.cross_entropy(out, yb, reduction="sum")
        (total / xb.shape[0]).backward()
        opt.step()
        loss_sum += float(total.detach())
        right += int((out.argmax(-1) == yb).sum())
        seen += xb.shape[0]
    return loss_sum / seen, right / seen


def expected_initial_loss(n_classes):
    return float(F.cross_entropy(torch.zeros(1, n_classes, dtype=torch.float64), torch.tensor([0])))


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    with torch.inference_mode():
        loss = float(F.cross_entropy(model(x), y))
    chance = math.log(n_classes)
    return chance - tolerance <= loss <= chance + tolerance


def train(x, y, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = MLP(64, 32, 10)
        generator = torch.Generator().manual_seed(seed)
        opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
        losses = []
        for _ in range(20):
            order = torch.randperm(len(x), generator=generator)
            batches = ((x[order[i : i + 32]], y[order[i : i + 32]]) for i in range(0, len(x), 32))
            losses.append(train_epoch(model, batches, opt)[0])
    return model, losses
