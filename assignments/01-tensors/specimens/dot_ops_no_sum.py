"""The products without their sum."""

# fails: dot_ops
# reason: wrong_answer
# says: sum or mean missing


def dot_ops(w, x):
    return w * x
