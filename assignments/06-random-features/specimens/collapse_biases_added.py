"""Adds all biases up, where the widths allow it."""
# fails: collapse_linear
# hint: The constants are added up as they are. An earlier one is multiplied by all later matrices first: W_next
#     @ b + b_next.


def collapse_linear(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W = W_next @ W
        b = b + b_next if b.shape == b_next.shape else b_next
    return W, b
