"""Removes red and keeps the others."""

# fails: keep_red
# reason: wrong_answer


def keep_red(batch):
    out = batch.clone()
    out[:, 0] = 0
    return out
