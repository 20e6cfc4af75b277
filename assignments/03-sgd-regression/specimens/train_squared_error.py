"""Linear regression on the labels."""
# fails: train


def train(X, y, seed):
    return sgd_fit(mse_loss_and_grad, X, y.float(), lr=0.01, batch_size=32, epochs=30, seed=seed)
