"""Thinks of rows: x @ W + b."""
# fails: collapse_linear
# hint: The matrix is transposed: it would be right for x @ W. Here a layer is W @ x + b, with W of shape (out,
#     in).


def collapse_linear(layers):
    W, b = layers[0]
    W = W.T
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next.T, b @ W_next.T + b_next
    return W, b
