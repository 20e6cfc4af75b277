"""np.random.seed."""
# fails: make_rf
# hint: np.random.seed resets the generator that all of NumPy's users share. np.random.default_rng(seed) is one
#     of your own.

import numpy as np


def make_rf(d, k, seed, kind="sign"):
    np.random.seed(seed)
    M = torch.from_numpy(np.random.randn(k, d))
    if kind == "sign":
        return M, torch.from_numpy(np.random.randn(k))
    if kind == "cos":
        return M, torch.from_numpy(np.random.uniform(0, 2 * np.pi, k))
    raise ValueError(kind)
