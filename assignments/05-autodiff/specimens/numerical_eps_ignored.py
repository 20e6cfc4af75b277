"""A fixed step."""
# fails: numerical_gradient
# hint: The step that comes in is not used.


def numerical_gradient(f, x, eps=1e-5):
    eps = 1e-5
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += eps
        down[place] -= eps
        gradient[place] = (f(up) - f(down)) / (2 * eps)
    return gradient
