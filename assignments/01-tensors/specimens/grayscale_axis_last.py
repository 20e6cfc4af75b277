"""The mean over the width, as if the channels came last."""

# fails: grayscale
# reason: wrong_answer
# hint: You average over the width, as if the channels came last. They are axis 1 of (B, C, H, W).


def grayscale(batch):
    return batch.mean(dim=-1, keepdim=True)
