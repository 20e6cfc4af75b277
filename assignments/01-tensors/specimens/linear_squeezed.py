"""Squeezes, so that a single example loses its row."""

# fails: linear
# reason: wrong_answer
# hint: A single example, or a single output, loses its dimension of size 1. Leave squeeze() out: the shape is always
#     (B, O).


def linear(x, W, b):
    return (x @ W.T + b).squeeze()
