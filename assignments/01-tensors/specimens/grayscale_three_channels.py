"""Three equal channels in place of one."""

# fails: grayscale
# reason: wrong_answer


def grayscale(batch):
    return batch.mean(dim=1, keepdim=True).expand_as(batch)
