"""The slopes in numpy, in float64; the gradients by backward(), as a list."""
# fails: nothing

import numpy as np
import torch


def finite_slopes(W, x, y, D, eps):
    W, x, y, D = (t.detach().numpy().astype(np.float64 if t.is_floating_point() else np.int64) for t in (W, x, y, D))

    def both(weights):
        scores = x @ weights
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return np.array([np.mean(scores.argmax(1) == y), -log_probs[np.arange(len(y)), y].mean()])

    accuracy, loss = (both(W + eps * D) - both(W - eps * D)) / (2 * eps)
    return float(accuracy), float(loss)


def autograd_gradients(W, x, y):
    weights = torch.nn.Parameter(W.detach().clone())
    scores = x @ weights
    losses = scores.logsumexp(1) - scores[torch.arange(len(y)), y]
    losses.mean().backward()
    return [None, weights.grad]
