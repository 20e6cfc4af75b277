"""Writes the running sum into the caller's biases."""
# fails: collapse_linear
# hint: b_next += ... writes into the caller's layer. Make a new tensor: b = W_next @ b + b_next.


def collapse_linear(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        b_next += W_next @ b
        W, b = W_next @ W, b_next
    return W, b
