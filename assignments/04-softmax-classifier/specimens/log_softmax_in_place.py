"""Subtracts in place, from the caller's scores."""
# fails: log_softmax
# reason: mutated_input


def log_softmax(x, dim):
    x -= logsumexp(x, dim).unsqueeze(dim)
    return x
