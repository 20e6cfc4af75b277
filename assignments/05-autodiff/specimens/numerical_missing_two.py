"""Divides by eps, not 2 eps."""
# fails: numerical_gradient
# hint: From x - eps to x + eps it is 2 eps: your gradient is twice too large.


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += eps
        down[place] -= eps
        gradient[place] = (f(up) - f(down)) / eps
    return gradient
