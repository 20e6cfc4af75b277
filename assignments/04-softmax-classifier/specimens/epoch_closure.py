"""The step gets a closure, and the results are collected in tensors and averaged at the end; a pair with names."""
# fails: nothing

from typing import NamedTuple

import torch
import torch.nn.functional as F


class Report(NamedTuple):
    loss: float
    acc: float


def train_epoch(model, loader, opt):
    model.train()
    losses, hits = [], []
    for number, (inputs, targets) in enumerate(loader, start=1):

        def closure():
            opt.zero_grad(set_to_none=False)
            logits = model(inputs)
            each = F.cross_entropy(logits, targets, reduction="none")
            each.mean().backward()
            losses.append(each.detach())
            hits.append(logits.detach().argmax(dim=1) == targets)
            return each.mean()

        opt.step(closure)
        if number % 100 == 0:
            print("batch", number)
    return Report(torch.cat(losses).mean().item(), torch.cat(hits).float().mean().item())
