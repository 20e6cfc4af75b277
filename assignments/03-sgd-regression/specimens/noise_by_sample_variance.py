"""The sample variance (N - 1) and (N - B) / N: the same formula, as statisticians write it; ones for the bias."""
# fails: nothing

import torch


def per_example_gradients(w, b, X, y):
    ones = torch.nn.functional.pad(X, (0, 1), value=1.0)
    return torch.einsum("n,nd->nd", 2 * (torch.mv(X, w) + b - y), ones)


def batch_noise(gradients, batch_size):
    share = batch_size / gradients.shape[0]
    return torch.sqrt(torch.var(gradients, dim=0, correction=1).sum() * (1 - share) / batch_size)
