"""Puts a ReLU between the layers."""
# fails: collapse_linear


def collapse_linear(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W_next @ W.relu(), W_next @ b.relu() + b_next
    return W, b
