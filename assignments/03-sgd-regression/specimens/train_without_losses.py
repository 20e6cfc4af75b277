"""Leaves the losses out."""
# fails: train


def train(X, y, seed):
    return sgd_fit(logistic_loss_and_grad, X, y, lr=0.1, batch_size=32, epochs=30, seed=seed)[:2]
