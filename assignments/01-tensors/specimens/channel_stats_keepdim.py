"""Shape (1, C, 1, 1), ready for broadcasting and not what was asked for."""

# fails: channel_stats
# reason: wrong_answer
# hint: The numbers are right, but axes of size 1 are left over from keepdim. The result has shape (C,).


def channel_stats(batch):
    axes = (0, 2, 3)
    return batch.mean(axes, keepdim=True), batch.std(axes, correction=0, keepdim=True)
