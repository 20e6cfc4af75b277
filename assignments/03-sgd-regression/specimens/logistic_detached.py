"""Through NumPy: no gradient."""
# fails: logistic_loss
# hint: The value is right, and no gradient flows to beta. Stay within torch.

import numpy as np
import torch


def logistic_loss(beta, X, y):
    scores = (2 * y - 1).numpy() * (X @ beta).detach().numpy()
    return torch.tensor(np.logaddexp(0, -scores).mean(), dtype=X.dtype)
