"""`out = batch` is a second name, not a second tensor."""

# fails: keep_red
# reason: mutated_input
# hint: You write the zeros into the caller's own batch; `out = batch` would only be a second name for it. Make a
#     clone first.


def keep_red(batch):
    out = batch
    out[:, 1] = 0
    out[:, 2] = 0
    return out
