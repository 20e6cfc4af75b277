"""Clears the gradients at the end of the step."""

# fails: sgd
# says: changed the gradients
# hint: You clear the gradients inside step(). That is the job of zero_grad(): step() only reads them.

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p -= self.lr * p.grad
                    p.grad = None
