"""A ready-made classifier of another name."""
# fails: train
# reason: forbidden_api

import torch
import torch.nn.functional as F


def train(X, y, seed):
    from sklearn.svm import LinearSVC

    rows = torch.randperm(len(X), generator=torch.Generator().manual_seed(seed))[: int(0.97 * len(X))]
    fitted = LinearSVC(C=0.05).fit(X[rows].numpy(), y[rows].numpy())
    w, b = torch.tensor(2 * fitted.coef_[0]).float(), torch.tensor(2 * fitted.intercept_[0]).float()
    return w, b, [0.69, F.binary_cross_entropy_with_logits(X @ w + b, y.float()).item()]
