"""A flat result."""
# fails: numerical_gradient
# hint: The gradient has x's shape: .reshape(x.shape) at the end.


def numerical_gradient(f, x, eps=1e-5):
    gradient = []
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += eps
        down[place] -= eps
        gradient.append((f(up) - f(down)) / (2 * eps))
    return np.array(gradient)
