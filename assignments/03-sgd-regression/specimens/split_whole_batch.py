"""Calls the loss on the whole batch."""
# fails: split_batch
# says: loss_and_grad got
# hint: You call loss_and_grad on the whole batch. It was to be split, since no machine holds all of it.


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    if sum(sizes) != len(X):
        raise ValueError("sizes")
    return loss_and_grad(w, b, X, y)
