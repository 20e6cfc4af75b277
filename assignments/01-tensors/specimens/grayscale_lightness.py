"""Halfway between the brightest and the darkest channel."""

# fails: grayscale
# hint: You take the middle of the brightest and the darkest channel. The mean goes over all channels.


def grayscale(batch):
    return (batch.amax(1, keepdim=True) + batch.amin(1, keepdim=True)) / 2
