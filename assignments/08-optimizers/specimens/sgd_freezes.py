"""Switches requires_grad off and not on again."""

# fails: sgd
# says: leaf

import torch


class SGD(Optimizer):
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p.requires_grad_(False)
                p -= self.lr * p.grad
