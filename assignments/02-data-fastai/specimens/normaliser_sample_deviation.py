"""Divides by one less."""
# fails: normaliser
# hint: std() divides by one less than the number of pixels. correction=0 is asked for.


def fit_normaliser(x):
    mean, std = x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3))
    return mean, torch.where(std == 0, torch.ones_like(std), std)
