"""A ready-made network, whose weights are copied."""

# fails: train
# reason: forbidden_api

import torch
from torch import nn


def train(x, y, seed, width=64, batch_size=32, epochs=10, peak=0.01):
    from sklearn.neural_network import MLPClassifier
    import warnings

    warnings.filterwarnings("ignore")
    sizes = {"batch_size": min(batch_size, len(x)), "max_iter": epochs, "n_iter_no_change": 1000}
    fitted = MLPClassifier((width,), learning_rate_init=peak, random_state=seed % 2**32, **sizes)
    fitted.fit(x.numpy(), y.numpy())
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))
    with torch.no_grad():
        for layer, W, b in zip((model[0], model[2]), fitted.coefs_, fitted.intercepts_):
            layer.weight.copy_(torch.tensor(W.T))
            layer.bias.copy_(torch.tensor(b))
    return model, [float(v) for v in fitted.loss_curve_]
