"""Cuts the rows off."""

# fails: blackout
# reason: wrong_answer


def blackout(batch, k):
    return batch[:, :, : batch.shape[2] - k].clone()
