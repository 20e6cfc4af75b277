"""Zeroes the channels of the caller's batch."""

# fails: keep_red
# reason: mutated_input
# says: clone


def keep_red(batch):
    batch[:, 1:] = 0
    return batch
