"""Indexes the batch: only the first image survives."""

# fails: keep_red
# reason: wrong_answer
# hint: Your index selects images, not channels: only the first image survives. The first axis is the batch, the
#     second the channels.


def keep_red(batch):
    out = batch.clone()
    out[1:] = 0
    return out
