"""Centres every channel with the mean of all."""

# fails: channel_stats
# hint: You measure each channel's deviation from the mean of all channels. Each channel has a mean of its own.


def channel_stats(batch):
    return batch.mean((0, 2, 3)), (batch - batch.mean()).square().mean((0, 2, 3)).sqrt()
