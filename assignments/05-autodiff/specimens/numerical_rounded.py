"""Rounds to six digits."""
# fails: numerical_gradient


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += eps
        down[place] -= eps
        gradient[place] = round((f(up) - f(down)) / (2 * eps), 6)
    return gradient
