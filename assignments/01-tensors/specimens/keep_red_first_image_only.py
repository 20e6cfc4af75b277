"""Works on the first image alone."""

# fails: keep_red
# reason: wrong_answer


def keep_red(batch):
    out = batch.clone()
    out[0, 1:] = 0
    return out
