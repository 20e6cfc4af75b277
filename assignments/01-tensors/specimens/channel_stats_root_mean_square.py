"""The root of the mean square, without centring."""

# fails: channel_stats
# hint: Your second result is the root of the mean square. The standard deviation is about the mean: subtract it
#     first.


def channel_stats(batch):
    return batch.mean((0, 2, 3)), batch.square().mean((0, 2, 3)).sqrt()
