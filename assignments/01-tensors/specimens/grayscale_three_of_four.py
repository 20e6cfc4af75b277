"""The mean of the first three channels."""

# fails: grayscale
# hint: You average the first three channels, whatever C is. Take them all.


def grayscale(batch):
    return batch[:, :3].mean(dim=1, keepdim=True)
