"""Indexes the width as if channels came last."""

# fails: keep_red
# reason: wrong_answer
# hint: You index the last axis, the width: a column survives, not a colour. The channels are axis 1 of (B, 3, H, W).


def keep_red(batch):
    out = torch.zeros_like(batch)
    out[..., 0] = batch[..., 0]
    return out
