"""Without the factor for drawing no example twice."""
# fails: batch_noise
# says: is missing
# hint: The factor (N - B) / (N - 1) is missing. Without it, even the whole data set as one batch would be noisy.


def batch_noise(gradients, batch_size):
    variance = (gradients - gradients.mean(0)).square().sum(1).mean()
    return (variance / batch_size).sqrt()
