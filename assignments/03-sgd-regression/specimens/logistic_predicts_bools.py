"""True and False."""
# fails: logistic_loss
# hint: You return True and False. Class labels are int64: .long().


def predict_slide(beta, X):
    return X @ beta < 0
