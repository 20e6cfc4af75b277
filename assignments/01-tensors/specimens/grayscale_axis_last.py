"""The mean over the width, as if the channels came last."""

# fails: grayscale
# reason: wrong_answer


def grayscale(batch):
    return batch.mean(dim=-1, keepdim=True)
