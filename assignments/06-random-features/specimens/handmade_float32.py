"""Builds the rows in a loop, which makes float32 of float64."""
# fails: handmade
# hint: torch.tensor(...) of Python numbers is float32. Say dtype=X.dtype, or stay with columns of X throughout.


def handmade(X):
    rows = []
    for x1, x2 in X.tolist():
        r = x1 * x1 + x2 * x2
        rows.append([x1, x2, x1 * x2, r, abs(r - 0.6)])
    return torch.tensor(rows)
