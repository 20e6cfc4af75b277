"""Subtracts the mean, remembered from standardising inputs: no overflow in small examples, but nothing bounds the
rest."""
# fails: softmax


def softmax(x, dim):
    e = (x - x.mean(dim=dim, keepdim=True)).exp()
    return e / e.sum(dim=dim, keepdim=True)
