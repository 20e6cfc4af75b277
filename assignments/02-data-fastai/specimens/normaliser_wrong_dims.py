"""Channels in place of pictures."""
# fails: normaliser
# hint: You have one mean for each picture. The channels are dimension 1: average over 0, 2 and 3.


def fit_normaliser(x):
    mean, std = x.mean(dim=(1, 2, 3)), x.std(dim=(1, 2, 3), correction=0)
    return mean, torch.where(std == 0, torch.ones_like(std), std)
