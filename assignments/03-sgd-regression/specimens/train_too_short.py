"""Two epochs at a small rate."""
# fails: train


def train(X, y, seed):
    return sgd_fit(logistic_loss_and_grad, X, y, lr=0.01, batch_size=32, epochs=2, seed=seed)
