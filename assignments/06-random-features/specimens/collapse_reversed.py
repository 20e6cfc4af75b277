"""Applies the list from its end."""
# fails: collapse_linear
# hint: You applied the last layer of the list first. The list stands in the order in which the layers are
#     applied.


def collapse_linear(layers):
    W, b = layers[-1]
    for W_next, b_next in layers[-2::-1]:
        W, b = W_next @ W, W_next @ b + b_next
    return W, b
