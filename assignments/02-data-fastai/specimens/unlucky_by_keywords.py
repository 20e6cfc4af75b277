"""Correct: logarithms of factorials, and split called by the names of its arguments, as often as it takes."""
# fails: nothing


def chance_of_missing(n, rare, n_valid):
    if n_valid > n - rare:
        return 0.0
    lg = math.lgamma
    return min(1.0, math.exp(lg(n - rare + 1) - lg(n - rare - n_valid + 1) - lg(n + 1) + lg(n - n_valid + 1)))


def accuracy_by_split(right, split, seeds):
    return [
        sum(right[i].item() for i in split(n=len(right), seed=seed)[1]) / len(split(n=len(right), seed=seed)[1])
        for seed in seeds
    ]
