"""The mean of the squares of a row, in place of their sum."""
# fails: batch_noise
# says: not their mean
# hint: You average over the columns too. The squared length of a gradient is the sum of its squares.


def batch_noise(gradients, batch_size):
    n = len(gradients)
    variance = (gradients - gradients.mean(0)).square().mean()
    return (variance / batch_size * (n - batch_size) / (n - 1)).sqrt()
