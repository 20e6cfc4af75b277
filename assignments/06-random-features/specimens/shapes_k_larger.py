"""Takes k > d for the condition."""
# fails: lecture_shapes
# hint: k > d is what the notes wish for, not what the product needs. M @ x needs as many columns of M as x has
#     entries.


def printed_works(d, k):
    return k >= d
