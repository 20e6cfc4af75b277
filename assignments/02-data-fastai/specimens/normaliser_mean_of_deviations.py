"""The mean of the pictures' deviations."""
# fails: normaliser
# hint: You average the deviations of the single pictures: how the pictures differ from one another is lost. One
#     deviation over all of dim=(0, 2, 3).


def fit_normaliser(x):
    mean, std = x.mean(dim=(0, 2, 3)), x.std(dim=(2, 3), correction=0).mean(dim=0)
    return mean, torch.where(std == 0, torch.ones_like(std), std)
