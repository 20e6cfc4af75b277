"""Divides scores by their sum without exp(): positive scores look like probabilities."""
# fails: softmax


def softmax(x, dim):
    return x.abs() / x.abs().sum(dim=dim, keepdim=True)
