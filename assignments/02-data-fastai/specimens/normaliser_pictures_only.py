"""A mean for each pixel."""
# fails: normaliser
# hint: You average over the pictures only: each pixel has a mean of its own. One for each channel: dim=(0, 2, 3).


def fit_normaliser(x):
    mean, std = x.mean(dim=0), x.std(dim=0, correction=0)
    return mean, torch.where(std == 0, torch.ones_like(std), std)
