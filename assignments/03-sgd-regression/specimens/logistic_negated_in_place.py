"""Negates the caller's beta."""
# fails: logistic_loss
# reason: mutated_input
# hint: You change the sign of the caller's beta. The next one to use it predicts the opposite.


def to_slide(beta):
    return beta.neg_()
