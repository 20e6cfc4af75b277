"""Minus the log of the chance of a guess, in numpy; the model's loss from its log-probabilities."""
# fails: nothing

import numpy as np
import torch
import torch.nn.functional as F


def expected_initial_loss(n_classes):
    return np.log(n_classes)


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    logits = model(x).detach().double()
    loss = F.nll_loss(logits.log_softmax(-1), y)
    return np.abs(loss.numpy() - expected_initial_loss(n_classes)) <= tolerance
