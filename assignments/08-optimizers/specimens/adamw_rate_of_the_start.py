"""Decays with the rate of the beginning."""

# fails: adamw
# hint: The decay uses the rate from the beginning. Read self.lr anew in each step.

import torch


class AdamW(Adam):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr, betas, eps)
        self.factor = 1 - lr * weight_decay

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p *= self.factor
        super().step()
