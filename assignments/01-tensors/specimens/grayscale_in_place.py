"""Greys the caller's batch as well."""

# fails: grayscale
# reason: mutated_input
# hint: You write the grey values into the caller's batch. Return a new tensor, and assign nothing into `batch`.


def grayscale(batch):
    batch[:] = batch.mean(dim=1, keepdim=True)
    return batch[:, :1]
