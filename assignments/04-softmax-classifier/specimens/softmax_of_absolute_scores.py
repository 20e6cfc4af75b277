"""Divides scores by their sum without exp(): positive scores look like probabilities."""
# fails: softmax
# hint: You divide the scores by their sum, without exp. Negative scores need small probabilities, not large ones: exp
#     comes first.


def softmax(x, dim):
    return x.abs() / x.abs().sum(dim=dim, keepdim=True)
