"""The chance of meeting one."""
# fails: unlucky
# hint: That is the probability of having at least one. Missing all of them is the other one: leave out `1 -`.


def chance_of_missing(n, rare, n_valid):
    return 1 - math.comb(n - rare, n_valid) / math.comb(n, n_valid)
