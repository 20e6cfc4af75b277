"""Five points: more exact than asked for, and twice the calls."""
# fails: numerical_gradient


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = eps
        wide = (f(x + 2 * step) - f(x - 2 * step)) / (4 * eps)
        gradient[place] = (4 * (f(x + step) - f(x - step)) / (2 * eps) - wide) / 3
    return gradient
