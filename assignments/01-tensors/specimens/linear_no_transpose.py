"""`x @ W`: only fits where I = O, and is wrong there."""

# fails: linear
# says: turn it round
# hint: You multiply by W as it is, which only fits when I = O, and is wrong even then. W has one row for each output:
#     which way round does the product need it?


def linear(x, W, b):
    return x @ W + b
