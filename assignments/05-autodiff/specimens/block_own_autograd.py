"""The Tensor of section 10 does the work."""
# fails: linear_softmax


def linear_softmax_backward(x, W, b, y):
    tx, tW, tb = Tensor(x), Tensor(W), Tensor(b)
    logits = tx @ tW + tb
    logits = logits - logits.data.max(axis=1, keepdims=True)
    onehot = np.eye(len(b))[y]
    loss = (logits.exp().sum(axis=1).log() - (logits * onehot).sum(axis=1)).mean()
    backward(loss)
    return float(loss.data), tx.grad, tW.grad, tb.grad
