"""Zeroes the last channel only."""

# fails: keep_red
# hint: Green is still there: you zero one of the two other channels.


def keep_red(batch):
    out = batch.clone()
    out[:, 2] = 0
    return out
