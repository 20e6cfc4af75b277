"""The accuracy again."""
# fails: metrics
# hint: That is the accuracy. The error rate is the rest.


def error_rate_of(y, guess):
    return accuracy_of(y, guess)
