"""Raises only where torch itself would."""

# fails: mse
# hint: You wait for torch to object, and it does not where shapes broadcast, as (N,) and (N, 1) do. Compare the
#     shapes first.


def mse(y_true, y_pred):
    try:
        return ((y_true - y_pred) ** 2).mean()
    except RuntimeError as error:
        raise ValueError("shapes differ") from error
