"""Thinks that broadcasting saves k = 1."""
# fails: lecture_shapes
# hint: A matrix product does not broadcast: with k = 1, M has one column and x has d entries.


def printed_works(d, k):
    return d == k or k == 1
