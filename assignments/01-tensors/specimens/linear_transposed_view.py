"""Computes (O, B) and returns it turned round: a view that is not contiguous."""

# fails: nothing


def linear(x, W, b):
    return (b[:, None] + torch.tensordot(W, x, dims=([1], [1]))).T
