"""The product goes on below zero."""
# fails: unlucky
# hint: Where more are held out than there are others, missing is impossible: the product has a factor 0, and
#     stays there.


def chance_of_missing(n, rare, n_valid):
    p = 1.0
    for i in range(n_valid):
        p *= (n - rare - i) / max(n - i, 1) if n - rare - i else 1.0
    return p
