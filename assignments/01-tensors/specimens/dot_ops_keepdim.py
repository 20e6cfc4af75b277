"""Shape (1,) in place of ()."""

# fails: dot_ops
# reason: wrong_answer
# hint: Your result has shape (1,), a vector with one element. Sum without keepdim, so that no dimension is left.


def dot_ops(w, x):
    return (w * x).sum(0, keepdim=True)
