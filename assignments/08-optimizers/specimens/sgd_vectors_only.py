"""Loops over the entries of a vector."""

# fails: sgd
# hint: A parameter may have any shape, no dimension at all too. `p -= ...` works on all of it at once.

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    for i in range(len(p)):
                        p[i] -= self.lr * p.grad[i]
