"""numpy does the arithmetic, in float64, and writes into the memory of the parameters; lists instead of dicts."""

# fails: nothing

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Listed:
    """No base class of the notebook's: attributes of its own."""

    def __init__(self, params, lr):
        self.params = [p for p in params]
        self.lr = lr
        self.memory = [None] * len(self.params)

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()

    def step(self):
        for i in range(len(self.params)):
            p = self.params[i]
            if p.grad is None:
                continue
            g = p.grad.detach().to(torch.float64).numpy().copy()
            if self.memory[i] is None:
                self.memory[i] = self.fresh(g)
            w = p.detach().to(torch.float64).numpy().copy()
            p.data.copy_(torch.from_numpy(np.asarray(self.moved(w, g, self.memory[i]))))

    def fresh(self, g):
        return {}


class SGD(Listed):
    def moved(self, w, g, memory):
        return w - self.lr * g


class Momentum(Listed):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.mu = momentum

    def fresh(self, g):
        return {"v": np.zeros_like(g)}

    def moved(self, w, g, memory):
        memory["v"] = self.mu * memory["v"] + g
        return w - self.lr * memory["v"]


class Nesterov(Momentum):
    def moved(self, w, g, memory):
        memory["v"] = self.mu * memory["v"] + g
        return w - self.lr * g - self.lr * self.mu * memory["v"]


class Adam(Listed):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08):
        Listed.__init__(self, params, lr)
        self.beta1, self.beta2 = betas
        self.eps = eps

    def fresh(self, g):
        return {"m": 0.0, "v": 0.0, "powers": [1.0, 1.0]}

    def moved(self, w, g, memory):
        memory["powers"][0] *= self.beta1
        memory["powers"][1] *= self.beta2
        memory["m"] = self.beta1 * memory["m"] + (1 - self.beta1) * g
        memory["v"] = self.beta2 * memory["v"] + (1 - self.beta2) * np.square(g)
        one, two = memory["powers"]
        return w - self.lr * (memory["m"] / (1 - one)) / (np.sqrt(memory["v"] / (1 - two)) + self.eps)


class AdamW(Adam):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01):
        super().__init__(params, lr, betas, eps)
        self.weight_decay = weight_decay

    def moved(self, w, g, memory):
        return super().moved(w, g, memory) - self.lr * self.weight_decay * w


def clip_grad_norm(params, max_norm):
    params = tuple(params)
    arrays = [p.grad.double().numpy() for p in params if p.grad is not None]
    if not arrays:
        return torch.tensor(0.0)
    dtype = next(p.grad.dtype for p in params if p.grad is not None)
    norm = math.sqrt(sum(float((a**2).sum()) for a in arrays))
    factor = min(1.0, max_norm / (norm + 1e-6))
    for p in params:
        if p.grad is not None:
            p.grad = p.grad * factor
    return torch.tensor(norm, dtype=dtype)


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    rise = np.linspace(0, peak, warmup + 1)[1:]
    fall = floor + (peak - floor) * 0.5 * (1 + np.cos(np.pi * np.arange(total - warmup) / max(1, total - warmup)))
    rates = np.concatenate([rise, fall])
    return float(rates[t]) if t < total else float(floor)


def lr_find(model, opt, batches, low=1e-5, high=10.0, steps=100, beta=0.9, stop=4.0):
    tensors = [*model.parameters(), *model.buffers()]
    copies = [t.detach().clone() for t in tensors]
    lrs = [g["lr"] for g in opt.param_groups]
    candidates = np.geomspace(low, high, steps).tolist()
    rates, losses, raw = [], [], []
    for number, rate in enumerate(candidates):
        x, y = batches[number % len(batches)]
        loss = F.cross_entropy(model(x), y)
        raw.append(loss.item())
        weights = (1 - beta) * beta ** np.arange(len(raw))[::-1] if beta else np.eye(len(raw))[-1]
        smooth = float(np.dot(weights, raw) / weights.sum())
        if not np.isfinite(smooth) or smooth > stop * min(losses, default=np.inf):
            break
        rates.append(rate)
        losses.append(smooth)
        for group in opt.param_groups:
            group["lr"] = rate
        for group in opt.param_groups:
            for p in group["params"]:
                p.grad = None
        loss.backward()
        opt.step()
    with torch.no_grad():
        for t, copy in zip(tensors, copies):
            t.copy_(copy)
    for p in model.parameters():
        p.grad = None
    for group, lr in zip(opt.param_groups, lrs):
        group["lr"] = lr
    return rates, losses


def suggest_rate(rates, losses):
    return rates[int(np.argmin(losses))] / 10.0


def best_rate(rates, held_out_loss):
    losses = np.array([held_out_loss(r) for r in rates], dtype=float)
    losses[~np.isfinite(losses)] = np.nan
    if len(losses) == 0 or np.isnan(losses).all():
        raise ValueError("diverged")
    return rates[int(np.nanargmin(losses))]


def train(x, y, seed, width=64, batch_size=32, epochs=10, peak=0.01):
    generator = torch.Generator().manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))
    with torch.no_grad():
        for p in model.parameters():
            p.copy_((torch.rand(p.shape, generator=generator) * 2 - 1) / p.shape[-1] ** 0.5)
    opt = Momentum(model.parameters(), lr=10 * peak)
    means = []
    for epoch in range(epochs):
        order = torch.randperm(len(x), generator=generator)
        total = 0
        for i in range(0, len(x), batch_size):
            rows = order[i : i + batch_size]
            opt.zero_grad()
            loss = F.cross_entropy(model(x[rows]), y[rows], reduction="sum")
            (loss / len(rows)).backward()
            opt.step()
            total += float(loss)
        means.append(total / len(x))
    return model, means
