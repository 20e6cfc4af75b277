"""onehot - p."""
# fails: linear_softmax
# hint: The sign of dlogits is flipped: p - onehot.


def linear_softmax_backward(x, W, b, y):
    logits = x @ W + b
    logits = logits - logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = -log_p[rows, y].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, y] -= 1
    dlogits /= -len(y)
    return float(loss), dlogits @ W.T, x.T @ dlogits, dlogits.sum(axis=0)
