"""torch's own under another name."""

# fails: adam, adamw, train
# reason: forbidden_api

import torch

Base = torch.optim.Adam


class Adam(Base):
    @property
    def lr(self):
        return self.param_groups[0]["lr"]

    @lr.setter
    def lr(self, rate):
        self.param_groups[0]["lr"] = rate
