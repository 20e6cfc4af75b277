"""Running means that each batch corrects, a while loop over an iterator, gradients asked for instead of collected."""
# fails: nothing

import torch
import torch.nn.functional as F


class Meter:
    def __init__(self):
        self.mean, self.count = 0.0, 0

    def update(self, value: float, n: int) -> None:
        self.count += n
        self.mean += (value - self.mean) * n / self.count


def train_epoch(model, loader, opt):
    model.train(mode=True)
    loss_meter, accuracy_meter = Meter(), Meter()
    batches = iter(loader)
    parameters = [p for group in opt.param_groups for p in group["params"]]
    while (batch := next(batches, None)) is not None:
        xb, yb = batch
        logits = model(xb)
        loss = F.cross_entropy(input=logits, target=yb)
        for p, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
            p.grad = gradient
        opt.step()
        loss_meter.update(float(loss), len(xb))
        accuracy_meter.update((logits.argmax(1) == yb).double().mean().item(), len(xb))
    return loss_meter.mean, accuracy_meter.mean
