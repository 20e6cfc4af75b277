"""Puts the examples back."""
# fails: unlucky
# hint: (1 - rare/n) ** n_valid puts each example back before the next is drawn. Nobody is held out twice: use
#     binomial coefficients.


def chance_of_missing(n, rare, n_valid):
    return (1 - rare / n) ** n_valid
