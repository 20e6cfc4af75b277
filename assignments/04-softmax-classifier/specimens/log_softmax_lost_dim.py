"""Subtracts logsumexp without putting the lost dimension back: rows get other rows' sums in a square matrix."""
# fails: log_softmax
# says: unsqueeze


def log_softmax(x, dim):
    return x - logsumexp(x, dim)
