"""Nothing is missed where there is nothing rare, even if all are held out."""
# fails: unlucky
# hint: Where all are held out, and none is rare, there is nothing to be missed: the probability is 1.


def chance_of_missing(n, rare, n_valid):
    if n_valid >= n:
        return 0.0
    return math.comb(n - rare, n_valid) / math.comb(n, n_valid)
