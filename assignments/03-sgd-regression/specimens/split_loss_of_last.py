"""The gradients are weighed, the loss is the last shard's."""
# fails: split_batch
# says: the loss is not
# hint: Your loss is that of the last shard. It is put together like the gradients.


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    if sum(sizes) != len(X):
        raise ValueError("sizes")
    gw, gb = 0, 0
    for size, xs, ys in zip(sizes, X.split(sizes), y.split(sizes)):
        loss, dw, db = loss_and_grad(w, b, xs, ys)
        gw, gb = gw + size / len(X) * dw, gb + size / len(X) * db
    return loss, gw, gb
