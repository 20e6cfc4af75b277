"""Moves the flat rows: pixels wrap into the next line."""
# fails: beyond
# hint: You move the flat vector of pixels, so that a line's end comes into the next line. Make images of the
#     rows first.

import torch.nn.functional as F


def accuracy_when_shifted(model, x, y, shifts, side=8):
    return [accuracy(model, F.pad(x, (k, 0))[:, : side * side], y) for k in shifts]
