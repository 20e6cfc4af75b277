"""Multiplies the matrices in the order of the list."""
# fails: collapse_linear
# hint: You multiplied the matrices in the order in which they stand in the list. The layer that is applied last
#     stands furthest left: W_next @ W.


def collapse_linear(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, W_next @ b + b_next
    return W, b
