"""The variance."""
# fails: gaussian_nll
# says: sigma is its root
# hint: Your best sigma is the mean squared error itself. sigma is its root.


def best_sigma(y, mu):
    return ((y - mu) ** 2).mean().item()
