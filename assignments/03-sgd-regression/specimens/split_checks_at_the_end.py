"""Notices at the end that the sizes do not add up."""
# fails: split_batch
# says: Check before


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    loss, gw, gb, at = 0, 0, 0, 0
    for size in sizes:
        one, dw, db = loss_and_grad(w, b, X[at : at + size], y[at : at + size])
        share, at = size / len(X), at + size
        loss, gw, gb = loss + share * one, gw + share * dw, gb + share * db
    if at != len(X):
        raise ValueError("sizes")
    return loss, gw, gb
