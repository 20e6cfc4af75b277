"""The mean distance of the class numbers."""
# fails: metrics
# hint: You average how far apart the class numbers are. Class 4 is not further from class 0 than class 1 is:
#     wrong is wrong.


def error_rate_of(y, guess):
    if y.shape != guess.shape:
        raise ValueError
    return (y - guess).abs().float().mean().item()
