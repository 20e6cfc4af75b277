"""Writes into a tensor that it keeps."""

# fails: keep_red

OUT = {}


def keep_red(batch):
    out = OUT.setdefault(batch.shape, torch.zeros_like(batch))
    out[:, 0] += batch[:, 0]
    return out
