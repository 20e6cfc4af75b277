"""An average of gradients instead of their sum."""

# fails: momentum
# hint: You multiply the gradient by (1 - momentum), which makes an average. In PyTorch's convention the
#     gradient comes in whole.

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.velocity = {p: torch.zeros_like(p) for p in self.params}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    v = self.velocity[p]
                    v.mul_(self.momentum).add_((1 - self.momentum) * p.grad)
                    p -= self.lr * v
