"""Blacks out the caller's batch."""

# fails: blackout
# reason: mutated_input
# says: clone


def blackout(batch, k):
    batch[:, :, batch.shape[2] - k :] = 0
    return batch
