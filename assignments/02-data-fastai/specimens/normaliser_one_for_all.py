"""One mean for all channels."""
# fails: normaliser
# hint: All channels get the same mean. Average over the dimensions 0, 2 and 3, and keep dimension 1.


def fit_normaliser(x):
    c = x.shape[1]
    std = x.std(correction=0)
    return x.mean().expand(c).clone(), torch.where(std == 0, torch.ones_like(std), std).expand(c).clone()
