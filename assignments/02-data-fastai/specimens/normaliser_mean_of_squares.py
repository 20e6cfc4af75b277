"""The mean of the squares minus the square of the mean: no digits are left."""
# fails: normaliser
# hint: The mean of the squares minus the square of the mean loses its digits where the mean is large. Subtract the
#     mean before you square.


def fit_normaliser(x):
    mean = x.mean(dim=(0, 2, 3))
    var = (x**2).mean(dim=(0, 2, 3)) - mean**2
    std = var.clamp(min=0).sqrt()
    return mean, torch.where(std == 0, torch.ones_like(std), std)
