"""The maximum of the batch."""
# fails: linear_softmax
# hint: With the maximum of the whole batch, a row far below it underflows to zeros. Each row's own.


def linear_softmax_backward(x, W, b, y):
    logits = x @ W + b
    logits = logits - logits.max()
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = -log_p[rows, y].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, y] -= 1
    dlogits /= len(y)
    return float(loss), dlogits @ W.T, x.T @ dlogits, dlogits.sum(axis=0)
