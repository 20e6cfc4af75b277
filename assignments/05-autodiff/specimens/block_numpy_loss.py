"""The loss as a scalar of numpy's."""
# fails: linear_softmax
# says: Python float
# hint: float(loss) makes a Python float of numpy's scalar.


def linear_softmax_backward(x, W, b, y):
    logits = x @ W + b
    logits = logits - logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = -log_p[rows, y].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, y] -= 1
    dlogits /= len(y)
    return loss, dlogits @ W.T, x.T @ dlogits, dlogits.sum(axis=0)
