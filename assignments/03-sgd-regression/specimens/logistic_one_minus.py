"""One minus beta, as for probabilities."""
# fails: logistic_loss
# hint: You translate by 1 - beta. That is how probabilities are exchanged; scores are by their sign.


def to_slide(beta):
    return 1 - beta
