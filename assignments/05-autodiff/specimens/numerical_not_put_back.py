"""Takes a step in each element and never takes it back."""
# fails: numerical_gradient
# hint: The steps of earlier elements stay: take them back, or make fresh copies.


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    up, down = x.copy(), x.copy()
    for place in np.ndindex(x.shape):
        up[place] += eps
        down[place] -= eps
        gradient[place] = (f(up) - f(down)) / (2 * eps)
    return gradient
