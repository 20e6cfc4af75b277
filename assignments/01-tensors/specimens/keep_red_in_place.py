"""Zeroes the channels of the caller's batch."""

# fails: keep_red
# reason: mutated_input
# says: clone
# hint: You write the zeros into the caller's own batch; `out = batch` would only be a second name for it. Make a
#     clone first.


def keep_red(batch):
    batch[:, 1:] = 0
    return batch
