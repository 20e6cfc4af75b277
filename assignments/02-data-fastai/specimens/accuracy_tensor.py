"""A tensor for a float."""
# fails: metrics
# hint: You return a tensor. .item() takes the Python float out of it.


def accuracy_of(y, guess):
    if y.shape != guess.shape:
        raise ValueError
    return (y == guess).float().mean()
