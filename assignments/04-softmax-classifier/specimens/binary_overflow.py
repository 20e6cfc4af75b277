"""exp(z) / (1 + exp(z)): NaN from z = 89 on."""
# fails: binary
# says: overflows


def sigmoid_from_softmax(z):
    return z.exp() / (1 + z.exp())
