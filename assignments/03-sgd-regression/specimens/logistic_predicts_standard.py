"""Predicts as one is used to: positive is 1."""
# fails: logistic_loss
# says: classes are exchanged
# hint: Your classes are exchanged: sigmoid(x @ beta) is the probability of class 0 on the slides, so that a
#     positive score means class 0.


def predict_slide(beta, X):
    return (X @ beta > 0).long()
