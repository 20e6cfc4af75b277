"""log(p + 1e-12)."""
# fails: linear_softmax
# hint: The small number inside the log caps the loss at 27, and spoils it everywhere a little.


def linear_softmax_backward(x, W, b, y):
    logits = x @ W + b
    logits = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    log_p = np.log(p + 1e-12)
    rows = np.arange(len(y))
    loss = -log_p[rows, y].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, y] -= 1
    dlogits /= len(y)
    return float(loss), dlogits @ W.T, x.T @ dlogits, dlogits.sum(axis=0)
