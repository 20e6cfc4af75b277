"""Returns the red channel alone."""

# fails: keep_red
# reason: wrong_answer
# hint: You return the red channel alone, with C = 1. All three channels stay; two of them hold zeros.


def keep_red(batch):
    return batch[:, :1].clone()
