"""Copies in float32."""
# fails: numerical_gradient


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.astype(np.float32), x.astype(np.float32)
        up[place] += eps
        down[place] -= eps
        gradient[place] = (f(up) - f(down)) / (2 * eps)
    return gradient
