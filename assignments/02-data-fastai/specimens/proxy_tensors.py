"""Tensors for numbers."""
# fails: proxy
# hint: You return tensors. int(k), and .item() for the two accuracies.


def choose_model(valid_right, test_right):
    valid = valid_right.float().mean(1)
    k = valid.argmax()
    return k, valid[k], test_right[k].float().mean()
