"""Adds the constants up without taking them through the later layers."""
# fails: collapse_linear
# hint: Only the last constant is left. What an earlier layer adds goes through the later ones: W_next @ b +
#     b_next.


def collapse_linear(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W_next @ W, b_next
    return W, b
