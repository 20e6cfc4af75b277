"""A tensor for a float."""
# fails: unlucky


def chance_of_missing(n, rare, n_valid):
    if n_valid > n - rare:
        return torch.tensor(0.0)
    i = torch.arange(rare, dtype=torch.float64)
    return ((n - n_valid - i) / (n - i)).prod()
