"""A plain random split."""
# fails: careful_splits
# hint: That is a plain random split: a rare class may be missing in the validation part. Split each class by
#     itself.


def stratified_split(labels, valid_frac, seed):
    return random_split(len(labels), valid_frac, seed)
