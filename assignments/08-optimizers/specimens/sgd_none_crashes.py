"""Multiplies None."""

# fails: sgd
# says: no gradient
# hint: A parameter that took no part in the loss has the gradient None. Leave it alone: `if p.grad is not
#     None`.

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                p -= self.lr * p.grad
