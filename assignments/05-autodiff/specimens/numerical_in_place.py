"""Steps in x itself, and back by subtraction."""
# fails: numerical_gradient
# hint: x itself was changed, and adding eps again does not bring back its last digit. Work on copies.


def numerical_gradient(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += eps
        high = f(x)
        x[place] -= 2 * eps
        low = f(x)
        x[place] += eps
        gradient[place] = (high - low) / (2 * eps)
    return gradient
