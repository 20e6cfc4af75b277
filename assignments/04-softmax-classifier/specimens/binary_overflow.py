"""exp(z) / (1 + exp(z)): NaN from z = 89 on."""
# fails: binary
# says: overflows
# hint: exp(z) overflows for large z, and infinity divided by infinity is NaN. Use a stable softmax over the two
#     scores.


def sigmoid_from_softmax(z):
    return z.exp() / (1 + z.exp())
