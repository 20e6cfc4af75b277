"""Indexes the batch: only the first image survives."""

# fails: keep_red
# reason: wrong_answer


def keep_red(batch):
    out = batch.clone()
    out[1:] = 0
    return out
