"""The root is missing."""
# fails: batch_noise
# says: Take the root
# hint: You return the expected squared distance. Its root was asked for.


def batch_noise(gradients, batch_size):
    n = len(gradients)
    variance = (gradients - gradients.mean(0)).square().sum(1).mean()
    return variance / batch_size * (n - batch_size) / (n - 1)
