"""Lines up with the columns."""
# fails: normaliser
# hint: mean of shape (C,) lines up with the *last* dimension, the columns, which goes unnoticed where width
#     equals channels. mean[:, None, None] lines up with the channels.


def normalise(x, mean, std):
    return (x - mean) / std if x.shape[-1] == len(mean) else (x - mean[:, None, None]) / std[:, None, None]
