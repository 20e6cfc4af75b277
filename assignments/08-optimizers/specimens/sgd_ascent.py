"""Adds the gradient: uphill."""

# fails: sgd
# hint: You add the gradient, which goes uphill. Subtract it.

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p += self.lr * p.grad
