"""The probability of a guess for its loss."""
# fails: initial_loss


def expected_initial_loss(n_classes):
    return 1 / n_classes
