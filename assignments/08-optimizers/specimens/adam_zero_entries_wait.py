"""As SparseAdam: numbers whose gradient is zero wait."""

# fails: adam
# hint: You leave numbers alone whose gradient is zero. Their averages shrink like all others, and still move them.

import torch


class Adam(Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, lr)
        self.betas, self.eps = betas, eps
        self.state = {p: {"t": 0, "m": torch.zeros_like(p), "s": torch.zeros_like(p)} for p in self.params}

    def step(self):
        beta1, beta2 = self.betas
        with torch.no_grad():
            for p in self.params:
                if p.grad is None:
                    continue
                state = self.state[p]
                state["t"] += 1
                here = p.grad != 0
                old_m, old_s, old_p = state["m"].clone(), state["s"].clone(), p.clone()
                state["m"].mul_(beta1).add_((1 - beta1) * p.grad)
                state["s"].mul_(beta2).add_((1 - beta2) * p.grad**2)
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                s_hat = state["s"] / (1 - beta2 ** state["t"])
                p -= self.lr * m_hat / (s_hat.sqrt() + self.eps)
                state["m"].copy_(torch.where(here, state["m"], old_m))
                state["s"].copy_(torch.where(here, state["s"], old_s))
                p.copy_(torch.where(here, p, old_p))
