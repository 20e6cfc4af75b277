"""Blacks out the caller's batch."""

# fails: blackout
# reason: mutated_input
# says: clone
# hint: You write the zeros into the caller's own batch. Make a clone first and write into that.


def blackout(batch, k):
    batch[:, :, batch.shape[2] - k :] = 0
    return batch
