"""Leaves the shapes to torch."""
# fails: rf_sign
# hint: Shapes that do not fit are not refused: torch raises a RuntimeError for some, and broadcasts others
#     without a word.


def rf_sign(X, M, b):
    return 2 * (X @ M.T + b >= 0).to(X.dtype) - 1
