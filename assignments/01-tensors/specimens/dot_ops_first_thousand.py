"""Stops after a thousand elements."""

# fails: dot_ops
# hint: Long vectors come out wrong: not all of their elements are used. Work on the whole tensors.


def dot_ops(w, x):
    return (w[:1000] * x[:1000]).sum()
