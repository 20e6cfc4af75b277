"""A small number under the line."""
# fails: normaliser
# hint: There is an epsilon in your divisor. The case of a constant channel is settled in fit_normaliser: divide by
#     std as it is.


def normalise(x, mean, std):
    return (x - mean[:, None, None]) / (std[:, None, None] + 1e-7)
