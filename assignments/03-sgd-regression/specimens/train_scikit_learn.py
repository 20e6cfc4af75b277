"""scikit-learn's, in which the seed decides nothing."""
# fails: train
# reason: forbidden_api

import torch
from sklearn.linear_model import LogisticRegression


def train(X, y, seed):
    model = LogisticRegression(C=0.1, random_state=seed).fit(X.numpy(), y.numpy())
    w = torch.tensor(model.coef_[0], dtype=torch.float32)
    return w, torch.tensor(model.intercept_[0], dtype=torch.float32), [0.69, 0.1]
