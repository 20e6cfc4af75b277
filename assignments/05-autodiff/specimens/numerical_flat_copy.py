"""Writes into x.reshape(-1), which may be a copy."""
# fails: numerical_gradient


def numerical_gradient(f, x, eps=1e-5):
    x = x.copy(order="K")
    flat = x.reshape(-1)
    gradient = np.zeros(x.shape)
    for number in range(flat.size):
        old = flat[number]
        flat[number] = old + eps
        high = f(x)
        flat[number] = old - eps
        low = f(x)
        flat[number] = old
        gradient.reshape(-1)[number] = (high - low) / (2 * eps)
    return gradient
