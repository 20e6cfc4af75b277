"""A learning rate of a thousand."""
# fails: train


def train(X, y, seed):
    return sgd_fit(logistic_loss_and_grad, X, y, lr=1000.0, batch_size=32, epochs=30, seed=seed)
