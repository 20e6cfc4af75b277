"""Gives the name p to a new tensor; the parameter never moves."""

# fails: sgd
# hint: Nothing moves: `p = p - ...` makes a new tensor and gives it the name p. The parameter itself stays
#     as it was. Change it in place: `p -= ...`.

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p = p - self.lr * p.grad
