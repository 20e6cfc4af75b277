"""Compares the score with 0.5, as if it were a probability."""
# fails: logistic_loss
# hint: You compare the score with 0.5. A probability of 0.5 is a score of 0.


def predict_slide(beta, X):
    return (X @ beta < 0.5).long()
