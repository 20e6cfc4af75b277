"""Works on the first image alone."""

# fails: keep_red
# reason: wrong_answer
# hint: Only the first image is edited, the others keep all colours. Take the whole batch with `:` in the first
#     position.


def keep_red(batch):
    out = batch.clone()
    out[0, 1:] = 0
    return out
