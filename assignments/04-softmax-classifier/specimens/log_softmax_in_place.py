"""Subtracts in place, from the caller's scores."""
# fails: log_softmax
# reason: mutated_input
# hint: `-=` writes into the caller's scores. Use an ordinary subtraction, which makes a new tensor.


def log_softmax(x, dim):
    x -= logsumexp(x, dim).unsqueeze(dim)
    return x
