"""`out = batch` is a second name, not a second tensor."""

# fails: keep_red
# reason: mutated_input


def keep_red(batch):
    out = batch
    out[:, 1] = 0
    out[:, 2] = 0
    return out
