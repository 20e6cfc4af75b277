"""Copies red into all three channels: a grey picture."""

# fails: keep_red
# reason: wrong_answer


def keep_red(batch):
    return batch[:, :1].expand(-1, 3, -1, -1).clone()
