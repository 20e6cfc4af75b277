"""torch's function, which has the decay built in."""

# fails: adamw
# reason: forbidden_api

import torch


class AdamW(Adam):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr, betas, eps)
        self.inner = torch.optim.AdamW(self.params, lr, betas, eps, weight_decay)

    def step(self):
        self.inner.param_groups[0]["lr"] = self.lr
        self.inner.step()
