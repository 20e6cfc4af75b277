"""Trains in the standard convention and hands weights of the slides out."""
# fails: train


def train(X, y, seed):
    w, b, losses = sgd_fit(logistic_loss_and_grad, X, y, lr=0.1, batch_size=32, epochs=30, seed=seed)
    return to_slide(w), -b, losses
