"""Sizes that do not add up are taken as they are."""
# fails: split_batch
# says: accepted without a ValueError
# hint: Sizes that leave rows over, or ask for too many, pass without a word. Compare their sum with N.


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    loss, gw, gb, at = 0, 0, 0, 0
    for size in sizes:
        one, dw, db = loss_and_grad(w, b, X[at : at + size], y[at : at + size])
        share, at = size / len(X), at + size
        loss, gw, gb = loss + share * one, gw + share * dw, gb + share * db
    return loss, gw, gb
