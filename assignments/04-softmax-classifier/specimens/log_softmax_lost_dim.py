"""Subtracts logsumexp without putting the lost dimension back: rows get other rows' sums in a square matrix."""
# fails: log_softmax
# says: unsqueeze
# hint: You subtract logsumexp without the dimension that it lost, so rows can meet other rows' sums. Put it back with
#     size 1 first.


def log_softmax(x, dim):
    return x - logsumexp(x, dim)
