"""Calls the loss on the whole batch."""
# fails: split_batch
# says: loss_and_grad got


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    if sum(sizes) != len(X):
        raise ValueError("sizes")
    return loss_and_grad(w, b, X, y)
