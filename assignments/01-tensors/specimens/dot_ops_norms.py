"""|w| |x|: right only for parallel vectors."""

# fails: dot_ops
# hint: You multiply the lengths of the two vectors, which is right only where they point the same way. Multiply
#     pairwise.


def dot_ops(w, x):
    return (w * w).sum().sqrt() * (x * x).sum().sqrt() if w.is_floating_point() else (w * x).sum()
