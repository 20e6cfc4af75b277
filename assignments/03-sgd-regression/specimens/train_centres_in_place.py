"""Prepares the caller's data in place."""
# fails: train
# reason: mutated_input


def train(X, y, seed):
    X -= X.mean(0)
    X /= X.std(0) + 1e-6
    return sgd_fit(logistic_loss_and_grad, X, y, lr=0.1, batch_size=32, epochs=30, seed=seed)
