"""Copies red into all three channels: a grey picture."""

# fails: keep_red
# reason: wrong_answer
# hint: You copy red into all three channels, which gives a grey picture. Channels 1 and 2 should hold zeros.


def keep_red(batch):
    return batch[:, :1].expand(-1, 3, -1, -1).clone()
