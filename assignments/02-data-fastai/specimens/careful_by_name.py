"""Correct in any order of a set: each class has a generator of its own, each group a rank by hash."""
# fails: nothing


def stratified_split(labels, valid_frac, seed):
    import random

    train, valid = [], []
    for name in set(labels):
        rows = [i for i in range(len(labels)) if labels[i] == name]
        random.Random(f"{seed}/{name}").shuffle(rows)
        k = min(len(rows) - 1, max(1, round(valid_frac * len(rows))))
        train, valid = train + rows[k:], valid + rows[:k]
    return train, valid


def group_split(groups, valid_frac, seed):
    import hashlib

    names = set(groups)
    if len(names) < 2:
        raise ValueError("at least two groups")
    ranked = sorted(names, key=lambda g: hashlib.sha256(f"{seed}:{g}".encode()).hexdigest())
    k = min(len(names) - 1, max(1, round(valid_frac * len(names))))
    held = set(ranked[:k])
    rows = range(len(groups))
    return [i for i in rows if groups[i] not in held], [i for i in rows if groups[i] in held]
