"""Records what ended the sweep."""

# fails: lr_find

import itertools
import math

import torch
import torch.nn.functional as F


def lr_find(model, opt, batches, low=1e-5, high=10.0, steps=100, beta=0.9, stop=4.0):
    saved = {name: value.clone() for name, value in model.state_dict().items()}
    old_rates = [group["lr"] for group in opt.param_groups]
    rates, losses, average = [], [], 0.0
    for i, (xb, yb) in zip(range(steps), itertools.cycle(batches)):
        loss = F.cross_entropy(model(xb), yb)
        average = beta * average + (1 - beta) * loss.item()
        smooth = average / (1 - beta ** (i + 1))
        rate = low * (high / low) ** (i / (steps - 1))
        rates.append(rate)
        losses.append(smooth)
        if not math.isfinite(smooth) or smooth > stop * min(losses):
            break
        opt.zero_grad()
        loss.backward()
        for group in opt.param_groups:
            group["lr"] = rate
        opt.step()
    opt.zero_grad()
    model.load_state_dict(saved)
    for group, rate in zip(opt.param_groups, old_rates, strict=True):
        group["lr"] = rate
    return rates, losses
