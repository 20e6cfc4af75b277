"""view, which refuses tensors that are not contiguous."""

# fails: mse
# says: contiguous
# hint: view() refuses tensors that are not contiguous, such as transposed ones. You need no flattening here, and
#     reshape() would do it.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true.view(-1) - y_pred.view(-1)) ** 2).mean()
