"""Factorials as floats overflow."""
# fails: unlucky
# hint: A factorial as a float is infinite from 171 on. Python's integers have no end: divide only once, last of
#     all.


def chance_of_missing(n, rare, n_valid):
    if n_valid > n - rare:
        return 0.0
    a, b, c, d = (float(math.factorial(k)) for k in (n - rare, n - n_valid, n - rare - n_valid, n))
    return a * b / (c * d)
