"""Its own Adam, whose memory lies in the class: the next optimizer goes on with it."""

# fails: adamw
# hint: A new AdamW over the same parameters goes on with the averages of the old one. They belong to one optimizer:
#     make them in __init__.

import torch


class AdamW(Adam):
    memory = {}

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr, betas, eps)
        self.weight_decay, self.b, self.e = weight_decay, betas, eps

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is None:
                continue
            p.mul_(1 - self.lr * self.weight_decay)
            m, s, t = self.memory.get(p, (0, 0, 0))
            m, s, t = self.b[0] * m + (1 - self.b[0]) * p.grad, self.b[1] * s + (1 - self.b[1]) * p.grad**2, t + 1
            self.memory[p] = m, s, t
            p.sub_(self.lr * (m / (1 - self.b[0] ** t)) / ((s / (1 - self.b[1] ** t)).sqrt() + self.e))
