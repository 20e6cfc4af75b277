"""Refuses too many rows, not too few."""
# fails: split_batch
# says: accepted without a ValueError


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    if sum(sizes) > len(X):
        raise ValueError("sizes")
    loss, gw, gb, at = 0, 0, 0, 0
    for size in sizes:
        one, dw, db = loss_and_grad(w, b, X[at : at + size], y[at : at + size])
        share, at = size / len(X), at + size
        loss, gw, gb = loss + share * one, gw + share * dw, gb + share * db
    return loss, gw, gb
