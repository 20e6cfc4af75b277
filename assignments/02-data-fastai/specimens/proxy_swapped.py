"""Test before validation."""
# fails: proxy
# hint: The two accuracies are swapped: validation first, test second.


def choose_model(valid_right, test_right):
    valid = valid_right.float().mean(1)
    k = int(valid.argmax())
    return k, test_right[k].float().mean().item(), valid[k].item()
