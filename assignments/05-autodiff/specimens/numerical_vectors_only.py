"""One axis only."""
# fails: numerical_gradient
# hint: A loop over len(x) goes along the first axis only. np.ndindex(x.shape) gives every place.


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += eps
        down[i] -= eps
        gradient[i] = (f(up) - f(down)) / (2 * eps)
    return gradient
