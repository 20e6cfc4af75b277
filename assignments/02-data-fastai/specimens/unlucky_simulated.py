"""An estimate by drawing."""
# fails: unlucky
# hint: You estimate the probability by drawing: right to two digits. The formula gives all of them.


def chance_of_missing(n, rare, n_valid):
    rng = np.random.default_rng(0)
    return float((rng.hypergeometric(rare, n - rare, n_valid, 20000) == 0).mean()) if n_valid else 1.0
