"""The products without their sum."""

# fails: dot_ops
# reason: wrong_answer
# says: sum or mean missing
# hint: You return the N products. The second step is missing: add them up.


def dot_ops(w, x):
    return w * x
