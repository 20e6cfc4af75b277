"""Gives the bounds of the loss that was meant, not of the one that was written."""
# fails: notes_loss
# says: minus the mean probability
# hint: These are the bounds of cross-entropy, the loss that was meant. notes_loss takes no logarithm: between which
#     numbers does minus a probability lie?


def notes_loss_bounds():
    return 0.0, float("inf")
