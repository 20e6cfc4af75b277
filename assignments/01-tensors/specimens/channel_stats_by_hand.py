"""By the definition, over a permuted and flattened batch."""

# fails: nothing


def channel_stats(batch):
    values = batch.permute(1, 0, 2, 3).flatten(1)
    mean = values.mean(dim=1)
    return [mean, ((values - mean[:, None]) ** 2).mean(dim=1) ** 0.5]
