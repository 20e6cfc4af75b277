"""A mean where a sum is asked for."""

# fails: dot_ops
# hint: You take the mean of the products. The dot product is their sum.


def dot_ops(w, x):
    return (w * x).mean()
