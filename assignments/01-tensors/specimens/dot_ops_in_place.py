"""Multiplies into the caller's vector."""

# fails: dot_ops
# reason: mutated_input


def dot_ops(w, x):
    w *= x
    return w.sum()
