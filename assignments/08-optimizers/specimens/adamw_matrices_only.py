"""Leaves vectors out."""

# fails: adamw
# hint: Only matrices shrink. Many people do so on purpose; here each parameter does.

import torch


class AdamW(Adam):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr, betas, eps)
        self.weight_decay = weight_decay

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None and p.dim() > 1:
                    p *= 1 - self.lr * self.weight_decay
        super().step()
