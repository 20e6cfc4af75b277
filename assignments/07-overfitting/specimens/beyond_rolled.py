"""torch.roll: what goes out on the right comes in on the left."""
# fails: beyond
# hint: torch.roll brings back on the left what went out on the right. Zeros come in there.


def accuracy_when_shifted(model, x, y, shifts, side=8):
    images = x.reshape(-1, side, side)
    return [accuracy(model, images.roll(k, dims=2).reshape(len(x), -1), y) for k in shifts]
