"""p_i = 1 / sum_j exp(x_j - x_i): over a table of all differences."""
# fails: nothing


def softmax(x, dim):
    rows = x.movedim(dim, -1)
    impossible = rows == -float("inf")
    differences = rows[..., None, :] - rows.masked_fill(impossible, 0.0)[..., :, None]
    largest = differences.amax(-1, keepdim=True)
    total = largest.squeeze(-1).exp() * (differences - largest).exp().sum(-1)
    return (1 / total).masked_fill(impossible, 0.0).movedim(-1, dim)
