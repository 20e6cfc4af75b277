"""One-hot of as many classes as there are in the batch."""
# fails: linear_softmax
# hint: The classes that are not in the batch have a gradient, too: p.


def linear_softmax_backward(x, W, b, y):
    logits = x @ W + b
    logits = logits - logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = -log_p[rows, y].mean()
    dlogits = np.exp(log_p)
    onehot = np.eye(y.max() + 1)[y]
    dlogits[:, : onehot.shape[1]] -= onehot
    dlogits[:, onehot.shape[1] :] = 0
    dlogits /= len(y)
    return float(loss), dlogits @ W.T, x.T @ dlogits, dlogits.sum(axis=0)
