"""Steps in x itself, and puts the old number back."""
# fails: numerical_gradient


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + eps
        above = f(x)
        x[place] = old - eps
        below = f(x)
        x[place] = old
        gradient[place] = (above - below) / (2 * eps)
    return gradient
