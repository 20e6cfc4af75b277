"""Writes into the caller's images."""
# fails: beyond


def accuracy_when_shifted(model, x, y, shifts, side=8):
    images = x.reshape(-1, side, side)
    results = []
    for k in shifts:
        original = images.clone()
        images[:, :, k:] = original[:, :, : side - k]
        images[:, :, :k] = 0
        results.append(accuracy(model, images.reshape(len(x), -1), y))
    return results
