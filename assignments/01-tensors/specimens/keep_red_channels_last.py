"""Indexes the width as if channels came last."""

# fails: keep_red
# reason: wrong_answer


def keep_red(batch):
    out = torch.zeros_like(batch)
    out[..., 0] = batch[..., 0]
    return out
