"""Two epochs at a small rate."""
# fails: train
# hint: Your training ends while the loss still falls steeply: more epochs, or a larger learning rate.


def train(X, y, seed):
    return sgd_fit(logistic_loss_and_grad, X, y, lr=0.01, batch_size=32, epochs=2, seed=seed)
