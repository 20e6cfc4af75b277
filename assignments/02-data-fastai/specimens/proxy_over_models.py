"""Averages over the models."""
# fails: proxy
# hint: You average over the models. Each row is one model: average along dim=1.


def choose_model(valid_right, test_right):
    valid = valid_right.float().mean(0)
    k = int(valid.argmax()) % len(valid_right)
    return k, valid_right[k].float().mean().item(), test_right[k].float().mean().item()
