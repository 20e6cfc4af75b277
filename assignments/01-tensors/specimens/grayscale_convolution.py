"""A convolution whose weights are all 1 / C."""

# fails: nothing


def grayscale(batch):
    channels = batch.size(1)
    return F.conv2d(batch, torch.full((1, channels, 1, 1), 1 / channels))
