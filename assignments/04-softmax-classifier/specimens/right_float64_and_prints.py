"""A correct set of answers: float64 inside, masks, lambdas, keyword arguments, in-place work on tensors of its own, and
prints that were left in."""
# fails: nothing

import math
from functools import partial

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def softmax(x, dim):
    wide = x.double()
    wide = wide - wide.max(dim=dim, keepdim=True)[0]
    e = torch.exp(wide)
    result = torch.div(e, torch.sum(e, dim=dim, keepdim=True))
    print("softmax of", tuple(x.shape))
    return result.to(dtype=x.dtype)


def logsumexp(x, dim):
    biggest = x.detach().amax(dim, keepdim=True)
    e = torch.exp(x - biggest)
    total = e.select(dim, 0).clone()
    for i in range(1, x.size(dim)):
        total = total + e.select(dim, i)
    return torch.add(total.log(), biggest.squeeze(dim))


log_softmax = lambda x, dim: torch.sub(x, torch.unsqueeze(logsumexp(x, dim), dim))  # noqa: E731


def cross_entropy(logits, y, reduction="mean"):
    if reduction not in ("none", "sum", "mean"):
        raise ValueError("reduction: " + str(reduction))
    hot = F.one_hot(y, num_classes=logits.size(1)).to(logits.dtype)
    per_example = -torch.einsum("bc,bc->b", hot, log_softmax(logits, dim=-1))
    if reduction == "none":
        return per_example
    return per_example.sum() if reduction == "sum" else per_example.sum().div(logits.size(0))


notes_loss_bounds = lambda: (-1.0, 0.0)  # noqa: E731


def mended_loss(logits, y):
    criterion = nn.CrossEntropyLoss(reduction="none")
    return criterion(logits, y).mean()


def accuracy_sum(logits, labels):
    guesses = np.argmax(logits.detach().cpu().numpy(), axis=1)
    return torch.tensor(int(np.sum(guesses == labels.cpu().numpy())))


def finite_slopes(W, x, y, D, eps):
    n = y.shape[0]

    @torch.no_grad()
    def at(step):
        out = torch.matmul(x, torch.add(W, D * step))
        return np.array([float((torch.argmax(out, -1) == y).sum()) / n, float(mended_loss(out, y))])

    slopes = (at(eps) - at(-eps)) / (2.0 * eps)
    return tuple(slopes.tolist())


def autograd_gradients(W, x, y):
    W = W.data.clone()
    W.requires_grad = True
    out = torch.mm(x, W)
    accuracy = torch.eq(out.argmax(dim=-1), y).to(x.dtype).mean()
    accuracy_gradient = None if accuracy.grad_fn is None else torch.autograd.grad(accuracy, W, retain_graph=True)[0]
    loss = F.cross_entropy(out, y)
    loss.backward()
    return (accuracy_gradient, W.grad.clone())


def sigmoid_from_softmax(z):
    both = torch.cat([z.reshape(-1, 1), torch.zeros(z.numel(), 1, dtype=z.dtype)], dim=1)
    return torch.softmax(both, dim=1)[:, 0].reshape(z.shape)


def bce_with_logits(z, t):
    t = t.to(z.dtype)
    zero = torch.zeros_like(z)
    positive = torch.logsumexp(torch.stack([zero, -z]), dim=0)
    negative = torch.logsumexp(torch.stack([zero, z]), dim=0)
    return torch.mean(t * positive + (1.0 - t) * negative)


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        nn.Module.__init__(self)
        self.stack = nn.ModuleList([nn.Linear(n_in, n_hidden, bias=True), nn.Linear(n_hidden, n_out, bias=True)])
        self.act = partial(torch.nn.functional.relu, inplace=False)

    def forward(self, inputs):
        out = inputs
        for i, layer in enumerate(self.stack):
            out = layer(out)
            if i == 0:
                out = self.act(out)
        return out


def train_epoch(model, loader, opt):
    model.train()
    counts = np.zeros(3)
    for step, batch in enumerate(loader):
        inputs, targets = batch[0], batch[1]
        opt.zero_grad(set_to_none=True)
        outputs = model(inputs)
        loss = nn.CrossEntropyLoss()(outputs, targets)
        loss.backward()
        opt.step()
        with torch.no_grad():
            hits = (outputs.max(1)[1] == targets).sum()
        counts += [loss.item() * targets.size(0), hits.item(), targets.size(0)]
    print("steps:", step + 1)
    return float(counts[0] / counts[2]), float(counts[1] / counts[2])


def expected_initial_loss(n_classes):
    return math.log(n_classes, math.e)


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    logits = model(x)
    loss = -logits.detach().log_softmax(1)[torch.arange(len(y)), y].mean().item()
    return bool(math.fabs(loss - expected_initial_loss(n_classes)) < tolerance)


def train(x, y, seed):
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)
    model = MLP(n_in=64, n_hidden=64, n_out=10)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.005, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=15, gamma=0.3)
    history = []
    for epoch in range(30):
        order = torch.from_numpy(np.random.permutation(x.shape[0]))
        loss, acc = train_epoch(model, list(zip(x[order].split(50), y[order].split(50))), optimizer)
        schedule.step()
        history.append(loss)
    model.eval()
    return model, history
