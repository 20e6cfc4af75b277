"""Through numpy and back: the values are right, the gradient is gone."""
# fails: softmax
# says: cut the gradient
# hint: The values are right, but no gradient flows back to x: numpy and detach() cut it. Stay within torch.

import numpy as np
import torch


def softmax(x, dim):
    a = x.detach().numpy()
    e = np.exp(a - a.max(axis=dim, keepdims=True))
    return torch.from_numpy(e / e.sum(axis=dim, keepdims=True))
