"""Greys the caller's batch as well."""

# fails: grayscale
# reason: mutated_input


def grayscale(batch):
    batch[:] = batch.mean(dim=1, keepdim=True)
    return batch[:, :1]
