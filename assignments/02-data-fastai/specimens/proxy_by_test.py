"""Chooses by the test set."""
# fails: proxy
# hint: You choose by the test set: then it is a validation set, and nothing is left to report by.


def choose_model(valid_right, test_right):
    k = int(test_right.float().mean(dim=1).argmax())
    return k, valid_right[k].float().mean().item(), test_right[k].float().mean().item()
