"""Goes through the elements as they lie in memory, and lays the slopes out in another order."""
# fails: numerical_gradient
# hint: ravel(order="K") takes the elements in the order in which they lie in memory, reshape in that of the indices. Of
#     a transposed array these are two. Go by the indices.


def numerical_gradient(f, x, eps=1e-5):
    flat = x.ravel(order="K")
    slopes = np.zeros(x.size)
    for i in range(x.size):
        up, down = flat.copy(), flat.copy()
        up[i] += eps
        down[i] -= eps
        slopes[i] = (f(up.reshape(x.shape)) - f(down.reshape(x.shape))) / (2 * eps)
    return slopes.reshape(x.shape)
