"""The sum of squares and one pair of constants, divided by N."""
# fails: gaussian_nll
# hint: You divide the constants by N too, though they are there once for each example.

import math


def gaussian_nll(y, mu, sigma):
    squares = ((y - mu) ** 2).sum() / (2 * sigma**2)
    return (squares + math.log(sigma) + 0.5 * math.log(2 * math.pi)) / y.numel()
