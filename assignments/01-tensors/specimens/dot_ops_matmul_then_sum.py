"""The sum of `w @ x`, as a published solution has it: `@` did the work, and the sum sums one number."""

# fails: dot_ops
# reason: forbidden_api
# says: matrix product


def dot_ops(w, x):
    return (w @ x).sum()
