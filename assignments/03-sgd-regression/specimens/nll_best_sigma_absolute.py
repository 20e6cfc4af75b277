"""The mean absolute error."""
# fails: gaussian_nll
# says: Laplace
# hint: You take the mean absolute error, which is the best scale of Laplace noise. For Gaussian noise it is the
#     root of the mean square.


def best_sigma(y, mu):
    return (y - mu).abs().mean().item()
