"""(N - B) / N for the factor."""
# fails: batch_noise
# hint: Your last factor divides by N. It is (N - B) / (N - 1), which is 1 for a batch of one.


def batch_noise(gradients, batch_size):
    n = len(gradients)
    variance = (gradients - gradients.mean(0)).square().sum(1).mean()
    return (variance / batch_size * (n - batch_size) / n).sqrt()
