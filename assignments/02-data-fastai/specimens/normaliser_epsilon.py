"""An epsilon for the constant channel."""
# fails: normaliser
# hint: You add a small number to every deviation. Only that of a constant channel changes: 0 becomes 1.


def fit_normaliser(x):
    return x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0) + 1e-3
