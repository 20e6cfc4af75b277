"""Right: one buffer, one element at a time, put back exactly."""
# fails: nothing


def numerical_gradient(f, x, eps=1e-5):
    buffer = np.array(x, dtype=np.float64)
    gradient = np.empty_like(buffer)
    for place in np.ndindex(*buffer.shape):
        old = buffer[place]
        buffer[place] = old + eps
        high = f(buffer)
        buffer[place] = old - eps
        low = f(buffer)
        buffer[place] = old
        gradient[place] = (high - low) / (2 * eps)
    return gradient
