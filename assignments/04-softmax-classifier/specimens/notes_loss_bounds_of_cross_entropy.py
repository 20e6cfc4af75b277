"""Gives the bounds of the loss that was meant, not of the one that was written."""
# fails: notes_loss
# says: minus the mean probability


def notes_loss_bounds():
    return 0.0, float("inf")
