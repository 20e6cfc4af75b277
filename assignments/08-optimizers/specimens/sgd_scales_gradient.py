"""Multiplies the gradient in place."""

# fails: sgd
# reason: mutated_input
# hint: You multiply the gradient itself by the rate (mul_ writes into it). Make a new tensor: self.lr *
#     p.grad.

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p -= p.grad.mul_(self.lr)
