"""Puts a new tensor in place of the old one."""

# fails: sgd
# says: new memory
# hint: The values are right, but `p.data = ...` puts a new tensor in the place of the old one, whose memory
#     others may share. Change p in place: `p -= ...` inside torch.no_grad().

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p.data = p.data - self.lr * p.grad
