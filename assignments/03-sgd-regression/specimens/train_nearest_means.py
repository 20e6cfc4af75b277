"""No training: the difference of the class means."""
# fails: train


def train(X, y, seed):
    one, zero = X[y == 1].mean(0), X[y == 0].mean(0)
    w = one - zero
    return w, -(w @ (one + zero)) / 2, [0.7, 0.1]
