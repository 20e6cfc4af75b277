"""Small batches, few epochs, a large rate."""
# fails: nothing


def train(X, y, seed):
    return sgd_fit(logistic_loss_and_grad, X, y, 0.03, 4, 12, seed)
