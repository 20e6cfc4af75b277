"""The sum of the shards' means."""
# fails: split_batch
# says: sum of the shards
# hint: You add the shards' gradients up. Each is a mean: weigh it by size / N.


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    if sum(sizes) != len(X):
        raise ValueError("sizes")
    parts = [loss_and_grad(w, b, *part) for part in zip(X.split(sizes), y.split(sizes))]
    return tuple(sum(values) for values in zip(*parts))
