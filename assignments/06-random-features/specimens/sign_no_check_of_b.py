"""Looks at M, and not at b."""
# fails: rf_sign
# hint: M is looked at, and b is not: a b of shape (1,) or (N, k) broadcasts, and the answer is wrong without a
#     word.


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1]:
        raise ValueError("M does not fit")
    return 2 * (X @ M.T + b >= 0).to(X.dtype) - 1
