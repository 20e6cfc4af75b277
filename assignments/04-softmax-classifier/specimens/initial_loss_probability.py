"""The probability of a guess for its loss."""
# fails: initial_loss
# hint: You return the probability of a guess. The loss is minus its logarithm.


def expected_initial_loss(n_classes):
    return 1 / n_classes
