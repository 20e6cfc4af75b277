"""torch's operations on lists of tensors, `.data`, closures in place of loops, and an SGD with everything inside."""

# fails: nothing

import math
import operator
from functools import reduce
from itertools import cycle, islice

import torch
import torch.nn.functional as F
from torch import nn


def present(opt):
    return [p for p in opt.params if p.grad is not None]


class SGD(Optimizer):
    def __init__(self, params, lr, momentum=None, ahead=False):
        super().__init__(params, lr)
        self.momentum, self.ahead, self.buffers = momentum, ahead, {}

    def step(self):
        some = present(self)
        if not some:
            return
        steps = [p.grad for p in some]
        if self.momentum is not None:
            old = [self.buffers.get(p, torch.zeros(())) for p in some]
            velocities = [g + self.momentum * v for g, v in zip(steps, old)]
            self.buffers.update(zip(some, velocities))
            steps = torch._foreach_add(steps, velocities, alpha=self.momentum) if self.ahead else velocities
        torch._foreach_add_([p.data for p in some], steps, alpha=-self.lr)


class Momentum(SGD):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr, momentum)


class Nesterov(SGD):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr, momentum, ahead=True)


class Adam(Optimizer):
    decay = 0.0

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, lr)
        self.settings = (*betas, eps)
        self.state = {}

    def step(self):
        beta1, beta2, eps = self.settings
        for p in present(self):
            t, m, s = self.state.get(id(p), (0, 0.0, 0.0))
            t, m, s = t + 1, m + (1 - beta1) * (p.grad - m), s + (1 - beta2) * (p.grad.square() - s)
            self.state[id(p)] = t, m, s
            correction = math.sqrt(1 - beta2**t)
            p.data.mul_(1 - self.lr * self.decay)
            p.data.sub_(self.lr * correction / (1 - beta1**t) * m / (s.sqrt() + eps * correction))


class AdamW(Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr)
        self.adam = Adam(self.params, lr, betas, eps)
        self.adam.decay = weight_decay

    def step(self):
        self.adam.lr = self.lr
        self.adam.step()


def clip_grad_norm(params, max_norm):
    grads = [g for g in (p.grad for p in params) if g is not None]
    total = reduce(operator.add, (g.square().sum() for g in grads), torch.tensor(0.0)) ** 0.5 if grads else 0.0
    if not grads:
        return torch.zeros(())
    scale = torch.minimum(torch.ones_like(total), max_norm / (total + 1e-6))
    for g in grads:
        g *= scale.to(g.dtype)
    return total.to(grads[0].dtype)


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    def up():
        return peak * (t + 1) / warmup

    def down():
        x = (t - warmup) / (total - warmup)
        return float(torch.tensor(x * math.pi, dtype=torch.float64).cos() * (peak - floor) / 2 + (peak + floor) / 2)

    return up() if t < warmup else down() if t < total else float(floor)


def lr_find(model, opt, batches, low=1e-5, high=10.0, steps=100, beta=0.9, stop=4.0):
    import copy

    twin = copy.deepcopy(model.state_dict())
    lrs = [copy.copy(group["lr"]) for group in opt.param_groups]

    def sweep():
        average = 0.0
        smallest = None
        logs = torch.linspace(math.log(low), math.log(high), steps, dtype=torch.float64)
        for i, (rate, (x, y)) in enumerate(zip(logs.exp().tolist(), islice(cycle(batches), steps)), start=1):
            loss = F.nll_loss(F.log_softmax(model(x), dim=1), y)
            average = average * beta + float(loss.detach()) * (1 - beta)
            value = average / (1 - beta**i)
            if not (-math.inf < value < math.inf) or (smallest is not None and value > stop * smallest):
                return
            smallest = value if smallest is None else min(value, smallest)
            yield rate, value
            model.zero_grad()
            loss.backward()
            for group in opt.param_groups:
                group["lr"] = rate
            opt.step()

    found = list(sweep())
    model.load_state_dict(twin)
    model.zero_grad()
    for lr, group in zip(lrs, opt.param_groups):
        group["lr"] = lr
    return [rate for rate, _ in found], [value for _, value in found]


def suggest_rate(rates, losses):
    order = sorted(range(len(losses)), key=losses.__getitem__)
    return rates[order[0]] / 10


def best_rate(rates, held_out_loss):
    table = [(held_out_loss(rate), rate) for rate in rates]
    table = [entry for entry in table if abs(entry[0]) < float("inf")]
    return min(table, key=lambda entry: entry[0])[1]


def train(x, y, seed, width=64, batch_size=32, epochs=10, peak=0.01):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))
        opt = SGD(list(model.parameters()), lr=20 * peak, momentum=0.9, ahead=True)
        report = []
        for _ in range(epochs):
            losses = torch.zeros(len(x))
            for rows in torch.chunk(torch.randperm(len(x)), max(1, len(x) // batch_size)):
                each = F.cross_entropy(model(x[rows]), y[rows], reduction="none")
                grads = torch.autograd.grad(each.mean(), opt.params)
                for p, g in zip(opt.params, grads):
                    p.grad = g
                clip_grad_norm(opt.params, 5.0)
                opt.step()
                losses[rows] = each.detach()
            report.append(losses.mean().item())
        return model, report
