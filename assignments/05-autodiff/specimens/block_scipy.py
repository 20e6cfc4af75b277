"""scipy's softmax and logsumexp."""
# fails: linear_softmax

from scipy.special import logsumexp, softmax


def linear_softmax_backward(x, W, b, y):
    logits = x @ W + b
    rows = np.arange(len(y))
    d = softmax(logits, axis=1)
    d[rows, y] -= 1
    d /= len(y)
    return float((logsumexp(logits, axis=1) - logits[rows, y]).mean()), d @ W.T, x.T @ d, d.sum(0)
