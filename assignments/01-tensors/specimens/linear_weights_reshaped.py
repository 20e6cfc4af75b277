"""reshape in place of a transposition."""

# fails: linear
# hint: You reshape W where it has to be transposed: the shape fits and the numbers stand elsewhere. Swap its axes.


def linear(x, W, b):
    return x @ W.reshape(W.shape[1], W.shape[0]) + b
