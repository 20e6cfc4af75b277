"""Another dtype than that of x."""
# fails: increment
# reason: wrong_type


def increment(x):
    return x.double() + 1
