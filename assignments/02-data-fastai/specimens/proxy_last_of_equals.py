"""The last of equally good ones."""
# fails: proxy
# hint: Of equally good models you take the last. The first is asked for.


def choose_model(valid_right, test_right):
    valid = valid_right.float().mean(1)
    k = int((valid == valid.max()).nonzero().max())
    return k, valid[k].item(), test_right[k].float().mean().item()
