"""Multiplies into the caller's vector."""

# fails: dot_ops
# reason: mutated_input
# hint: `*=` writes the products into the caller's w. Use `w * x`, which makes a new tensor.


def dot_ops(w, x):
    w *= x
    return w.sum()
