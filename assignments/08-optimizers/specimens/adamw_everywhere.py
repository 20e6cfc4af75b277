"""Decays parameters without a gradient too."""

# fails: adamw
# hint: Parameters without a gradient shrink as well. They are left alone.

import torch


class AdamW(Adam):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr, betas, eps)
        self.weight_decay = weight_decay

    def step(self):
        with torch.no_grad():
            for p in self.params:
                p *= 1 - self.lr * self.weight_decay
        super().step()
