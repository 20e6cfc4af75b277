"""Returns the red channel alone."""

# fails: keep_red
# reason: wrong_answer


def keep_red(batch):
    return batch[:, :1].clone()
