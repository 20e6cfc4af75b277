"""torch.std_mean, which gives the two the other way round."""

# fails: nothing


def channel_stats(batch):
    return torch.std_mean(batch, dim=[0, 2, 3], unbiased=False)[::-1]
