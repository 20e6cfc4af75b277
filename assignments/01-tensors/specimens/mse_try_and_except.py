"""Lets torch find out that the shapes differ, without broadcasting, and translates its error."""

# fails: nothing


def mse(y_true, y_pred):
    try:
        pairs = torch.stack([y_true, y_pred])
    except RuntimeError as error:
        raise ValueError("the shapes differ") from error
    return torch.diff(pairs, dim=0).square().mean()
