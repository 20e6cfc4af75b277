"""Log-likelihoods in place of losses, all but the first."""
# fails: train


def train(X, y, seed):
    w, b, losses = sgd_fit(logistic_loss_and_grad, X, y, lr=0.1, batch_size=32, epochs=30, seed=seed)
    return w, b, [losses[0], *(-v for v in losses[1:])]
