"""Takes M in whichever way it fits."""
# fails: rf_sign
# says: as the notes print it
# hint: M is turned round where it does not fit. That hides the caller's mistake, and with k = d it cannot work:
#     raise a ValueError.


def rf_sign(X, M, b):
    if M.shape[1] != X.shape[1]:
        M = M.T
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return 2 * (X @ M.T + b >= 0).to(X.dtype) - 1
