"""Handles the first two layers and forgets the rest."""
# fails: collapse_linear
# hint: Only the first two layers are used. Go through the whole list, and keep one pair for all layers so far;
#     a single layer is a stack too.


def collapse_linear(layers):
    (W1, b1), (W2, b2) = layers[0], layers[1]
    return W2 @ W1, W2 @ b1 + b2
