"""Forgets the minus of nll_loss."""
# fails: notes_loss
# says: minus the mean probability


def notes_loss_bounds():
    return 0.0, 1.0
