"""p_i = 1 / sum_j exp(x_j - x_i), over a table of all differences: far below the others the sum
overflows, which is right in the value (1 / inf is 0) and NaN in the gradient."""
# fails: softmax
# says: the gradient
# hint: Your values are right, but exp overflows on the way for scores far apart, and the gradient becomes NaN. Subtract
#     the row's maximum before exp, and divide by the sum.


def softmax(x, dim):
    rows = x.movedim(dim, -1)
    impossible = rows == -float("inf")
    differences = rows[..., None, :] - rows.masked_fill(impossible, 0.0)[..., :, None]
    largest = differences.amax(-1, keepdim=True)
    total = largest.squeeze(-1).exp() * (differences - largest).exp().sum(-1)
    return (1 / total).masked_fill(impossible, 0.0).movedim(-1, dim)
