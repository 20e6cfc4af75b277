"""A forward difference."""
# fails: numerical_gradient
# says: forward difference
# hint: This is a forward difference, whose error shrinks with eps only, not with eps squared.


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up = x.copy()
        up[place] += eps
        gradient[place] = (f(up) - f(x.copy())) / eps
    return gradient
