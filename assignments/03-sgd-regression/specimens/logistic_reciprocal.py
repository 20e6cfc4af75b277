"""One over beta."""
# fails: logistic_loss
# hint: You translate by 1 / beta. sigmoid(-s) = 1 - sigmoid(s): a change of sign exchanges the classes.


def to_slide(beta):
    return 1 / beta
