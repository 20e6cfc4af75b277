"""torch's own."""
# fails: gaussian_nll
# reason: forbidden_api

import torch


def gaussian_nll(y, mu, sigma):
    return torch.nn.functional.gaussian_nll_loss(mu, y, torch.full_like(y, sigma**2), full=True)
