"""The running best of both."""
# fails: proxy
# hint: The test curve is the best test accuracy so far. It is that of the model chosen by *validation*, and may
#     fall.


def proxy_decay(valid_right, test_right):
    valid, test = (right.float().mean(1).cummax(0).values.tolist() for right in (valid_right, test_right))
    return valid, test
