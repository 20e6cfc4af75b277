"""Adds the decay to the gradient."""

# fails: adamw
# hint: The decay goes through your gradient, where Adam divides it by the usual size. Multiply the
#     parameter instead.

import torch


class AdamW(Adam):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr, betas, eps)
        self.weight_decay = weight_decay

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p.grad = p.grad + self.weight_decay * p
        super().step()
