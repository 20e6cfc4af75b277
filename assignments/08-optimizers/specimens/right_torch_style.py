"""Everything derives from torch.optim.Optimizer, as a researcher would write it: groups, state, defaults."""

# fails: nothing

import math
from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn


class Based(torch.optim.Optimizer):
    def __init__(self, params, **defaults):
        super().__init__(params, defaults)

    @property
    def lr(self):
        return self.param_groups[0]["lr"]

    @lr.setter
    def lr(self, rate):
        for group in self.param_groups:
            group["lr"] = rate

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else closure()
        for group in self.param_groups:
            for p in filter(lambda p: p.grad is not None, group["params"]):
                self.move(p, p.grad, self.state[p], **{k: v for k, v in group.items() if k != "params"})
        return loss


class SGD(Based):
    def __init__(self, params, lr=0.01):
        super().__init__(params, lr=lr)

    def move(self, p, g, state, lr):
        p.add_(g, alpha=-lr)


class Momentum(Based):
    nesterov = False

    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr=lr, momentum=momentum)

    def move(self, p, g, state, lr, momentum):
        if "buffer" in state:
            state["buffer"].mul_(momentum).add_(g)
        else:
            state["buffer"] = g.clone()
        p.add_(g.add(state["buffer"], alpha=momentum) if self.nesterov else state["buffer"], alpha=-lr)


class Nesterov(Momentum):
    nesterov = True


class Adam(Based):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(params, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay)

    def move(self, p, g, state, lr, betas, eps, weight_decay):
        if not state:
            state.update(step=0, exp_avg=torch.zeros_like(p), exp_avg_sq=torch.zeros_like(p))
        state["step"] += 1
        p.mul_(1 - lr * weight_decay)
        state["exp_avg"].lerp_(g, 1 - betas[0])
        state["exp_avg_sq"].mul_(betas[1]).addcmul_(g, g, value=1 - betas[1])
        first, second = (1 - beta ** state["step"] for beta in betas)
        denominator = (state["exp_avg_sq"].sqrt() / math.sqrt(second)).add_(eps)
        p.addcdiv_(state["exp_avg"], denominator, value=-lr / first)


class AdamW(Adam):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr, betas, eps, weight_decay)


def clip_grad_norm(params, max_norm):
    grads = [p.grad for p in list(params) if p.grad is not None]
    if len(grads) == 0:
        return torch.tensor(0.0)
    total_norm = torch.linalg.vector_norm(torch.cat([g.flatten() for g in grads]))
    clip_coef = torch.clamp(max_norm / (total_norm + 1e-6), max=1.0)
    for g in grads:
        g.detach().mul_(clip_coef)
    return total_norm


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t >= total:
        return 1.0 * floor
    if t >= warmup:
        angle = math.pi * (t - warmup) / (total - warmup)
        return floor + (peak - floor) * math.cos(angle / 2) ** 2
    return peak / warmup * (t + 1)


def lr_find(model, opt, batches, low=1e-5, high=10.0, steps=100, beta=0.9, stop=4.0):
    state = OrderedDict((k, v.detach().clone()) for k, v in model.state_dict().items())
    before = [g["lr"] for g in opt.param_groups]
    rates, losses = [], []
    ratio = (high / low) ** (1 / (steps - 1))
    rate, running, smallest = low, 0.0, math.inf
    try:
        for i in range(steps):
            xb, yb = batches[i % len(batches)]
            opt.zero_grad()
            loss = nn.CrossEntropyLoss()(model(xb), yb)
            running += (1 - beta) * (float(loss) - running)
            smooth = running / (1 - beta ** (i + 1))
            if math.isnan(smooth) or math.isinf(smooth) or smooth > stop * smallest:
                return rates, losses
            smallest = min(smallest, smooth)
            rates.append(rate)
            losses.append(smooth)
            loss.backward()
            for g in opt.param_groups:
                g["lr"] = rate
            opt.step()
            rate *= ratio
    finally:
        model.load_state_dict(state)
        for g, lr in zip(opt.param_groups, before):
            g["lr"] = lr
        opt.zero_grad(set_to_none=False) if isinstance(opt, torch.optim.Optimizer) else opt.zero_grad()
    return rates, losses


def suggest_rate(rates, losses):
    return min(zip(rates, losses), key=lambda pair: pair[1])[0] * 0.1


def best_rate(rates, held_out_loss):
    best, smallest = None, math.inf
    for rate in rates:
        loss = held_out_loss(rate)
        if math.isfinite(loss) and loss < smallest:
            best, smallest = rate, loss
    if best is None:
        raise ValueError(f"none of {len(rates)} rates works")
    return best


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.hidden = nn.Linear(64, width)
        self.out = nn.Linear(width, 10)

    def forward(self, x):
        return self.out(F.relu(self.hidden(x)))


def train(x, y, seed, width=64, batch_size=32, epochs=10, peak=0.01):
    torch.manual_seed(seed)
    net = Net(width).to(x.device)
    opt = AdamW(net.parameters(), lr=peak, weight_decay=0.001)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size, shuffle=True)
    history = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in loader:
            opt.zero_grad()
            loss = F.cross_entropy(net(xb), yb)
            loss.backward()
            opt.step()
            seen += [loss.item()] * len(xb)
        history.append(sum(seen) / len(seen))
    net.eval()
    return net, history
