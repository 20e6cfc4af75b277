"""Deals rows out like cards."""
# fails: split_batch


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    if sum(sizes) != len(X):
        raise ValueError("sizes")
    loss, gw, gb = 0, 0, 0
    free = list(range(len(X)))
    for size in sizes:
        rows, free = free[::-1][:size], free[::-1][size:][::-1]
        one, dw, db = loss_and_grad(w, b, X[rows], y[rows])
        share = size / len(X)
        loss, gw, gb = loss + share * one, gw + share * dw, gb + share * db
    return loss, gw, gb
