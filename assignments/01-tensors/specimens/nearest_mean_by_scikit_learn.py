"""scikit-learn's distances, which start threads of their own."""

# fails: nothing

from sklearn.metrics import pairwise_distances_argmin


def nearest_mean(means, x):
    return torch.as_tensor(pairwise_distances_argmin(x.numpy(), means.numpy()), dtype=torch.long)
