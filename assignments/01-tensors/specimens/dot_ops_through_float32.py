"""Computes in float32 and goes back: the dtype is right, the digits are gone."""

# fails: dot_ops
# hint: In float64 your result has only the digits of float32: a detour through float32 loses them. Stay in the dtype
#     that comes.


def dot_ops(w, x):
    return (w.float() * x.float()).sum().to(w.dtype)
