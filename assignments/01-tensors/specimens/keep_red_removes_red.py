"""Removes red and keeps the others."""

# fails: keep_red
# reason: wrong_answer
# hint: You remove red and keep the other two colours. It is the other way round.


def keep_red(batch):
    out = batch.clone()
    out[:, 0] = 0
    return out
