"""Sums everything that is too much after a reshape."""
# fails: unbroadcast, tensor
# hint: The reshape fits for added axes only: with a stretched axis at the end it mixes the elements up.


def unbroadcast(gradient, shape):
    return gradient.reshape(-1, int(np.prod(shape))).sum(axis=0).reshape(shape)
