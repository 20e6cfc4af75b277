"""Subtracts each row's mean."""
# fails: batch_noise
# hint: You subtract from each gradient the mean of its own entries. Subtract the mean gradient, over the examples:
#     dim=0.


def batch_noise(gradients, batch_size):
    n = len(gradients)
    variance = (gradients - gradients.mean(1, keepdim=True)).square().sum(1).mean()
    return (variance / batch_size * (n - batch_size) / (n - 1)).sqrt()
