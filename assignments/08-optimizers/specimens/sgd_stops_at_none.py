"""Ends the loop at the first missing gradient."""

# fails: sgd
# hint: You end the loop at the first parameter without a gradient. The ones behind it may have one:
#     `continue`.

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is None:
                    break
                p -= self.lr * p.grad
