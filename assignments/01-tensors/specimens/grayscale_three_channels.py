"""Three equal channels in place of one."""

# fails: grayscale
# reason: wrong_answer
# hint: The grey values are right, but you repeat them in every channel. One channel is left: (B, 1, H, W).


def grayscale(batch):
    return batch.mean(dim=1, keepdim=True).expand_as(batch)
