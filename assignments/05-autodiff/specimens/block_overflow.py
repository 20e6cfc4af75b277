"""No maximum subtracted."""
# fails: linear_softmax
# hint: exp of a large score is infinite. Subtract each row's maximum first.


def linear_softmax_backward(x, W, b, y):
    logits = x @ W + b
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = -log_p[rows, y].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, y] -= 1
    dlogits /= len(y)
    return float(loss), dlogits @ W.T, x.T @ dlogits, dlogits.sum(axis=0)
