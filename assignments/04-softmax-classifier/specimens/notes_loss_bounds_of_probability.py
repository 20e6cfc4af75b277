"""Forgets the minus of nll_loss."""
# fails: notes_loss
# says: minus the mean probability
# hint: These are the bounds of a probability. nll_loss changes the sign.


def notes_loss_bounds():
    return 0.0, 1.0
