"""Shape (1,) in place of ()."""

# fails: dot_ops
# reason: wrong_answer


def dot_ops(w, x):
    return (w * x).sum(0, keepdim=True)
