"""Backwards."""
# fails: numerical_gradient
# hint: The sign is flipped: f(up) - f(down).


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += eps
        down[place] -= eps
        gradient[place] = (f(down) - f(up)) / (2 * eps)
    return gradient
