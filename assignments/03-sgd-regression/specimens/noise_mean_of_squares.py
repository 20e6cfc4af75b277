"""Mean of squares minus square of means: cancels far from zero."""
# fails: batch_noise
# hint: Mean of squares minus square of the mean: far from zero both are huge, and their difference is rounding.
#     Subtract the mean first.


def batch_noise(gradients, batch_size):
    n = len(gradients)
    variance = (gradients**2).sum(1).mean() - (gradients.mean(0) ** 2).sum()
    return (variance.clamp(min=0) / batch_size * (n - batch_size) / (n - 1)).sqrt()
