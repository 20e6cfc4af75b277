"""Subtracts the mean, remembered from standardising inputs: no overflow in small examples, but nothing bounds the
rest."""
# fails: softmax
# hint: You subtract the mean, and a score far above it still overflows. Which number can no score exceed?


def softmax(x, dim):
    e = (x - x.mean(dim=dim, keepdim=True)).exp()
    return e / e.sum(dim=dim, keepdim=True)
