"""Switches requires_grad off and not on again."""

# fails: sgd
# says: leaf
# hint: You switch requires_grad off and leave it off: after one step nothing is trained any more. Use
#     torch.no_grad().

import torch


class SGD(Optimizer):
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p.requires_grad_(False)
                p -= self.lr * p.grad
