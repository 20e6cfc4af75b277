"""Multiplies the first layer and the last one."""
# fails: collapse_linear


def collapse_linear(layers):
    W, b = layers[0]
    if len(layers) > 1:
        W, b = layers[-1][0] @ W, layers[-1][0] @ b + layers[-1][1]
    return W, b
