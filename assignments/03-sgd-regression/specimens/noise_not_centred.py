"""The mean square of the gradients, not of their distances to the mean."""
# fails: batch_noise
# hint: You did not subtract the mean gradient: this is the size of the gradients, not their spread.


def batch_noise(gradients, batch_size):
    n = len(gradients)
    return (gradients.square().sum(1).mean() / batch_size * (n - batch_size) / (n - 1)).sqrt()
