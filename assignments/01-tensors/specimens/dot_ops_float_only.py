"""Converts to float first, so that integers and doubles lose their dtype."""

# fails: dot_ops
# reason: wrong_type
# says: dtype


def dot_ops(w, x):
    return (w.float() * x.float()).sum()
