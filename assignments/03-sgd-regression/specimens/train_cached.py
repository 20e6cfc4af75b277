"""Trains once and returns the same weights ever after."""
# fails: train

memory = {}


def train(X, y, seed):
    if X.shape[1] not in memory:
        memory[X.shape[1]] = sgd_fit(logistic_loss_and_grad, X, y, lr=0.1, batch_size=32, epochs=30, seed=seed)
    return memory[X.shape[1]]
