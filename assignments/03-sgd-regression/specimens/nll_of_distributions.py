"""torch.distributions."""
# fails: gaussian_nll
# reason: forbidden_api

from torch.distributions import Normal as Bell


def gaussian_nll(y, mu, sigma):
    return -Bell(mu, sigma).log_prob(y).mean()
