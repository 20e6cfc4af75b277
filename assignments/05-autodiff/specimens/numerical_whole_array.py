"""Moves all elements at once."""
# fails: numerical_gradient
# hint: All elements move together: that is the sum of all derivatives. One element at a time.


def numerical_gradient(f, x, eps=1e-5):
    return np.full(x.shape, (f(x + eps) - f(x - eps)) / (2 * eps))
