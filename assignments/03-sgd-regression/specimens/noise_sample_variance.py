"""Divides by N - 1 twice."""
# fails: batch_noise
# hint: Your variance divides by N - 1, and the last factor does so again. In this formula s² divides by N.


def batch_noise(gradients, batch_size):
    n = len(gradients)
    variance = gradients.var(dim=0).sum()
    return (variance / batch_size * (n - batch_size) / (n - 1)).sqrt()
